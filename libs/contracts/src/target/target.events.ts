import { Type } from 'typebox';
import { Closed, Text, type EventsOf, type NewEventsOf } from '../platform/envelope';
import { RUNTIME_TYPES } from '../platform/lifecycle';
import { IdSchema, NameSchema } from '../platform/names';
import { TargetConnectionSchema } from './target-connection';

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
