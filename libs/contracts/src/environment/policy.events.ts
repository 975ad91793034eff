import { Type } from 'typebox';
import { approvalEventsOf } from '../approval/approval-contract';
import { Closed, Nullable, Text, type EventsOf, type NewEventsOf } from '../platform/envelope';
import { IdSchema } from '../platform/names';

/** A proposed change of an environment's policy, while it waits for approval and what became of it. */
export const policyEvents = {
  ...approvalEventsOf('policy'),
  'policy.applied': Closed({ ticket_id: IdSchema, approved_by: Type.Array(Text(200)), version: Type.Integer() }),
  'policy.refused': Closed({
    ticket_id: IdSchema,
    why: Type.Enum(['rejected', 'expired', 'stale']),
    by: Nullable(Text(200)),
    comment: Nullable(Text(2000)),
  }),
};
export type PolicyEvent = EventsOf<typeof policyEvents>;
export type NewPolicyEvent = NewEventsOf<typeof policyEvents>;
