import { Type, type Static } from 'typebox';
import { Closed, Text, type EventsOf, type NewEventsOf } from '../platform/envelope';
import { RUNTIME_TYPES } from '../platform/lifecycle';
import { IdSchema, NameSchema } from '../platform/names';

/** The embedded runtime: processes on the executor's host, a stable port per slot out of an inclusive range. */
export const ProcessConnectionSchema = Closed({
  host: Type.Enum(['127.0.0.1', '0.0.0.0'], { description: 'Address on which slot routers listen' }),
  port_from: Type.Integer({ minimum: 1024, maximum: 65535 }),
  port_to: Type.Integer({ minimum: 1024, maximum: 65535 }),
});
export type ProcessConnection = Static<typeof ProcessConnectionSchema>;

/** Connections by runtime; those of `compose` and `k8s` join here. Never holds a credential. */
export const TargetConnectionSchema = ProcessConnectionSchema;
export type TargetConnection = Static<typeof TargetConnectionSchema>;

export const targetEvents = {
  'target.created': Closed({
    name: NameSchema,
    environment_id: IdSchema,
    runtime_type: Type.Enum([...RUNTIME_TYPES]),
    connection: TargetConnectionSchema,
  }),
  'target.updated': Closed({ connection: TargetConnectionSchema }),
  'target.deleted': Closed({ reason: Text(1000) }),
};
export type TargetEvent = EventsOf<typeof targetEvents>;
export type NewTargetEvent = NewEventsOf<typeof targetEvents>;
