import { sameJson, type ContactEvent, type NewContactEvent, type SecretPin } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

export interface Contact {
  readonly address: SecretPin | null;
}

/** Where a person reads mail. */
export const ContactAggregate: AggregateType<Contact, ContactEvent> = {
  type: 'contact',
  initial: { address: null },
  evolve: (_contact, { detail }) => ({ address: detail.address }),
};

export function changeContact(actorId: string, address: SecretPin | null, contact: Contact): NewContactEvent[] {
  if (sameJson(address, contact.address)) return [];
  return [{ action: 'contact.changed', status: address === null ? 'absent' : 'present', detail: { actor_id: actorId, address } }];
}
