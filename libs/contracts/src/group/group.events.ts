import { Type, type Static } from 'typebox';
import { approvalEventsOf } from '../approval/approval-contract';
import { VersionSchema } from '../artifact/artifact.events';
import { Closed, Nullable, Text, type EventsOf, type NewEventsOf } from '../platform/envelope';
import { ENVIRONMENT_TYPES, RUNTIME_TYPES } from '../platform/lifecycle';
import { DigestSchema, IdSchema, NameSchema, TimestampSchema } from '../platform/names';
import { ApprovalNeedSchema, CheckSchema, RiskSchema } from '../release/draft';
import { DiagnosticsSchema } from '../release/release.events';

export const MIN_MEMBERS = 2;
export const MAX_MEMBERS = 20;

/** One release of a group; members are applied in this order and taken back in the reverse of it. */
export const GroupMemberSchema = Closed({
  ordinal: Type.Integer({ minimum: 1 }),
  release_id: IdSchema,
  service_id: IdSchema,
  service_name: NameSchema,
  artifact_version: VersionSchema,
  target_id: IdSchema,
  target_name: NameSchema,
  runtime_type: Type.Enum([...RUNTIME_TYPES]),
  slot_id: IdSchema,
  preview_ref: DigestSchema,
});
export type GroupMember = Static<typeof GroupMemberSchema>;

/** Where a group goes: one environment, so one policy, one approval, one set of gates. */
export const GroupSubjectSchema = Closed({
  environment_id: IdSchema,
  environment_name: NameSchema,
  environment_type: Type.Enum([...ENVIRONMENT_TYPES]),
  reason: Nullable(Text(1000)),
});
export type GroupSubject = Static<typeof GroupSubjectSchema>;

/**
 * The group's immutable draft: which drafts, in which order. Its digest is the group's `preview_ref`, so that quoting it quotes every
 * member's. `risk` is the highest of the members', `approval` the strictest.
 */
export const GroupDraftSchema = Closed({
  group_id: IdSchema,
  members: Type.Array(GroupMemberSchema, { minItems: MIN_MEMBERS, maxItems: MAX_MEMBERS }),
  risk: RiskSchema,
  approval: ApprovalNeedSchema,
  checks: Type.Array(CheckSchema, { maxItems: 100 }),
  expires_at: TimestampSchema,
});
export type GroupDraft = Static<typeof GroupDraftSchema>;

const Outcome = Type.Enum(['failed', 'errored', 'inconclusive', 'aborted']);
const Left = Closed({ release_id: IdSchema, service_name: NameSchema, why: Text(500) });

export const groupEvents = {
  'group.previewed': Closed({ subject: GroupSubjectSchema, draft: GroupDraftSchema }),
  ...approvalEventsOf('group'),
  'group.approved': Closed({
    automatic: Type.Boolean({ description: 'Policy asks for no ticket' }),
    ticket_id: Nullable(IdSchema),
    approved_by: Type.Array(Text(200)),
    rule: Text(300),
    apply_requested_by: Text(200),
    requested_by_type: Type.Enum(['human', 'agent', 'service']),
  }),
  'group.rejected': Closed({ ticket_id: IdSchema, rejected_by: Text(200), comment: Nullable(Text(2000)) }),
  'group.expired': Closed({ what: Type.Enum(['preview', 'ticket']), expired_at: TimestampSchema }),
  'group.cancelled': Closed({ reason: Nullable(Text(1000)) }),
  /** Every member waits for its turn from here on. */
  'group.applying': Closed({ release_ids: Type.Array(IdSchema) }),
  'group.cancel_requested': Closed({ reason: Nullable(Text(1000)) }),
  /** Each member was verified in its own execution; now all their slots run what the group brought. */
  'group.applied': Closed({ release_ids: Type.Array(IdSchema) }),
  /** `release_id`: the member that stopped the group; null: none did, e.g. it was cancelled between two. */
  'group.failed': Closed({ release_id: Nullable(IdSchema), outcome: Outcome, diagnostics: DiagnosticsSchema }),
  'group.rollback_rejected': Closed({
    ticket_id: IdSchema,
    why: Type.Enum(['rejected', 'expired']),
    by: Nullable(Text(200)),
    comment: Nullable(Text(2000)),
  }),
  /** `release_ids`: in the order in which they are taken back. */
  'group.rolling_back': Closed({
    automatic: Type.Boolean(),
    reason: Nullable(Text(1000)),
    requested_by: Text(200),
    ticket_id: Nullable(IdSchema),
    approved_by: Type.Array(Text(200)),
    release_ids: Type.Array(IdSchema),
  }),
  'group.rolled_back': Closed({ release_ids: Type.Array(IdSchema) }),
  'group.rollback_failed': Closed({ diagnostics: DiagnosticsSchema, left: Type.Array(Left) }),
};
export type GroupEvent = EventsOf<typeof groupEvents>;
export type NewGroupEvent = NewEventsOf<typeof groupEvents>;
