import { sameJson, SlipwayError, type NewContactEvent, type SecretPin } from '@slipway/contracts';
import { MOST_CODES, type Contact, type Pending } from './contact.state';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Another address. `code`: what is mailed to it, sealed. */
export interface NewAddress {
  readonly address: SecretPin;
  readonly code: SecretPin;
}

/** Null: nowhere. Mail goes where it went until a new address is confirmed. @throws SlipwayError `too_many_requests` */
export function changeContact(actorId: string, wanted: NewAddress | null, now: string, contact: Contact): NewContactEvent[] {
  const address = wanted?.address ?? null;
  const former = contact.address === null ? {} : { former: contact.address };
  if (sameJson(address, contact.address)) {
    return contact.pending === null
      ? []
      : [{ action: 'contact.changed', status: statusOf(address), detail: { actor_id: actorId, address } }];
  }
  if (wanted === null) return [{ action: 'contact.changed', status: 'absent', detail: { actor_id: actorId, address: null, ...former } }];
  requireFewCodes(now, contact);
  const confirmation = { code: wanted.code, expires_at: new Date(Date.parse(now) + DAY_MS).toISOString() };
  const detail = { actor_id: actorId, address: wanted.address, confirmation, ...former };
  return [{ action: 'contact.changed', status: 'unconfirmed', detail }];
}

/** The code was right. */
export const confirmContact = (actorId: string, { address }: Pending): NewContactEvent[] => [
  { action: 'contact.confirmed', status: 'present', detail: { actor_id: actorId, address } },
];

/** The address that waits for its code. @throws SlipwayError `invalid_request` */
export function pendingAddress(now: string, { pending }: Contact): Pending {
  if (pending !== null && now < pending.expiresAt) return pending;
  const why = pending === null ? 'No address of yours waits to be confirmed' : 'The code is older than a day';
  throw new SlipwayError('invalid_request', `${why}; say where you read mail, and a code is mailed there.`, { field: 'code' });
}

function requireFewCodes(now: string, { codesAt }: Contact): void {
  const [first] = codesAt;
  if (first === undefined || codesAt.length < MOST_CODES) return;
  const waitS = Math.ceil((Date.parse(first) + DAY_MS - Date.parse(now)) / 1000);
  if (waitS <= 0) return;
  throw new SlipwayError(
    'too_many_requests',
    `${MOST_CODES} codes were mailed for you within a day; use the last one, or try again in ${Math.ceil(waitS / 3600)} h.`,
    { retry_after_s: waitS },
  );
}

const statusOf = (address: SecretPin | null): string => (address === null ? 'absent' : 'present');
