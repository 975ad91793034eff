import { Type } from 'typebox';
import { Closed, Text, type EventsOf, type NewEventsOf } from '../platform/envelope';
import { NameSchema } from '../platform/names';

/** Spec 003, section 3. */
export const SERVICE_KINDS = ['storefront', 'backend', 'shop-agent', 'control-plane'] as const;

export const serviceEvents = {
  'service.created': Closed({ name: NameSchema, title: Text(200), kind: Type.Enum([...SERVICE_KINDS]) }),
  'service.updated': Closed({ title: Text(200) }),
  'service.deleted': Closed({ reason: Text(1000) }),
};
export type ServiceEvent = EventsOf<typeof serviceEvents>;
export type NewServiceEvent = NewEventsOf<typeof serviceEvents>;
