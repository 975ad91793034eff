import { Type } from 'typebox';
import { Closed, Text, type EventsOf, type NewEventsOf } from '../platform/envelope';
import { IdSchema, NameSchema } from '../platform/names';
import { ENVIRONMENT_TYPES } from '../platform/lifecycle';
import { EnvironmentPolicySchema } from './environment.policy';

export const environmentEvents = {
  'environment.created': Closed({
    name: NameSchema,
    title: Text(200),
    type: Type.Enum([...ENVIRONMENT_TYPES]),
    policy: EnvironmentPolicySchema,
  }),
  'environment.updated': Closed({ title: Text(200) }),
  'environment.policy_changed': Closed({
    policy: EnvironmentPolicySchema,
    reason: Text(1000),
    /** Of the policy: 1 is what the environment was created with; created again, it goes on counting. */
    version: Type.Optional(Type.Integer({ minimum: 2 })),
    /** Where the change needed approval. */
    ticket_id: Type.Optional(IdSchema),
    requested_by: Type.Optional(Text(200)),
    approved_by: Type.Optional(Type.Array(Text(200))),
  }),
  'environment.deleted': Closed({ reason: Text(1000) }),
};
export type EnvironmentEvent = EventsOf<typeof environmentEvents>;
export type NewEnvironmentEvent = NewEventsOf<typeof environmentEvents>;
export const EnvironmentRefSchema = Closed({ environment_id: IdSchema, name: NameSchema, type: Type.Enum([...ENVIRONMENT_TYPES]) });
