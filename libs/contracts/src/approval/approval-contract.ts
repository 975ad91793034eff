import { Type, type Static } from 'typebox';
import { Closed, Nullable, Text } from '../platform/envelope';
import { ENVIRONMENT_TYPES } from '../platform/lifecycle';
import { DigestSchema, IdSchema, NameSchema } from '../platform/names';
import { actionSubject } from '../platform/subjects';
import { ActionSchema, CheckSchema, DiffEntrySchema } from '../release/draft';
import { ApprovalRequestSchema } from './approval-request';

/** What will happen if the request is granted, as a person reads it. */
export const ApprovalPlanSchema = Closed({
  actions: Type.Array(ActionSchema, { maxItems: 500 }),
  diff: Type.Array(DiffEntrySchema, { maxItems: 500 }),
  diff_truncated: Type.Boolean(),
  checks: Type.Array(CheckSchema, { maxItems: 100 }),
});
export type ApprovalPlan = Static<typeof ApprovalPlanSchema>;

/**
 * `<type>.approval_requested`: any resource asks the inbox for a decision. `content_ref` is the digest of `proposal`, so that what was
 * approved is what its owner carries out.
 */
export const ApprovalRequestedSchema = Closed({
  approval: ApprovalRequestSchema,
  requested_by: Text(200),
  /** Who made what is to be approved, where that is somebody else than who asks; four-eyes binds both. */
  previewed_by: Type.Optional(Text(200)),
  environment_name: Nullable(NameSchema),
  environment_type: Nullable(Type.Enum([...ENVIRONMENT_TYPES])),
  content_ref: DigestSchema,
  plan: ApprovalPlanSchema,
  proposal: Type.Record(Type.String(), Type.Unknown(), { description: 'What the owner needs to carry it out; never a secret' }),
});
export type ApprovalRequested = Static<typeof ApprovalRequestedSchema>;

export const WITHDRAWAL_CAUSES = ['superseded', 'cancelled', 'expired', 'failed'] as const;
export type WithdrawalCause = (typeof WITHDRAWAL_CAUSES)[number];

/** `<type>.approval_withdrawn`: the owner needs the decision no more. */
export const ApprovalWithdrawnSchema = Closed({ ticket_id: IdSchema, cause: Type.Enum([...WITHDRAWAL_CAUSES]), why: Text(300) });
export type ApprovalWithdrawn = Static<typeof ApprovalWithdrawnSchema>;

/** The types whose resources ask the inbox by these events; releases have events of their own for it. */
export const APPROVAL_REQUESTERS = ['group', 'policy'] as const;
type ApprovalRequester = (typeof APPROVAL_REQUESTERS)[number];

/** The events that such a type takes into its own to use the inbox. */
export function approvalEventsOf<T extends ApprovalRequester>(
  type: T,
): Record<`${T}.approval_requested`, typeof ApprovalRequestedSchema> & Record<`${T}.approval_withdrawn`, typeof ApprovalWithdrawnSchema> {
  const events = { [`${type}.approval_requested`]: ApprovalRequestedSchema, [`${type}.approval_withdrawn`]: ApprovalWithdrawnSchema };
  // TypeScript widens computed keys; they are exactly the two named.
  return events as ReturnType<typeof approvalEventsOf<T>>;
}

/** Every request of theirs, as subjects. They name the types, so that the server can filter them beside `events.*.approval.>`. */
export const APPROVAL_REQUESTED_SUBJECTS = APPROVAL_REQUESTERS.map((type) => actionSubject(`${type}.approval_requested`));
/** Every withdrawal of theirs. */
export const APPROVAL_WITHDRAWN_SUBJECTS = APPROVAL_REQUESTERS.map((type) => actionSubject(`${type}.approval_withdrawn`));
