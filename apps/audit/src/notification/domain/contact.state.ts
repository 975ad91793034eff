import type { ContactEvent, SecretPin } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

export interface Pending {
  readonly address: SecretPin;
  readonly code: SecretPin;
  readonly expiresAt: string;
}
export interface Contact {
  /** Where mail goes. */
  readonly address: SecretPin | null;
  /** Where it is to go, once that is confirmed. */
  readonly pending: Pending | null;
  /** When the latest codes were mailed, the latest last. */
  readonly codesAt: readonly string[];
}

/** Codes that are mailed for one person in a day: an address may be somebody else's. */
export const MOST_CODES = 5;

function evolve(contact: Contact, event: ContactEvent): Contact {
  const { address } = event.detail;
  if (event.action === 'contact.confirmed') return { ...contact, address, pending: null };
  const { confirmation } = event.detail;
  if (address === null || confirmation === undefined) return { ...contact, address, pending: null };
  const pending = { address, code: confirmation.code, expiresAt: confirmation.expires_at };
  return { ...contact, pending, codesAt: [...contact.codesAt, event.occurred_at].slice(-MOST_CODES) };
}

/** Where a person reads mail. */
export const ContactAggregate: AggregateType<Contact, ContactEvent> = {
  type: 'contact',
  initial: { address: null, pending: null, codesAt: [] },
  evolve,
};
