import { Type, type Static } from 'typebox';
import { VersionSchema } from '../artifact/artifact.events';
import { Closed, Nullable, Text, type EventsOf, type NewEventsOf } from '../platform/envelope';
import { ENVIRONMENT_TYPES, RUNTIME_TYPES } from '../platform/lifecycle';
import { DigestSchema, IdSchema, NameSchema, TimestampSchema } from '../platform/names';
import { ApprovalRequestSchema } from '../approval/approval-request';
import { DraftSchema, PinnedVariablesSchema } from './draft';
import { StrategySchema } from './strategy';

/** What a release is: fixed by its preview. */
export const ReleaseSubjectSchema = Closed({
  service_id: IdSchema,
  service_name: NameSchema,
  artifact_id: IdSchema,
  artifact_version: VersionSchema,
  artifact_digest: DigestSchema,
  change_id: Nullable(IdSchema),
  environment_id: IdSchema,
  environment_name: NameSchema,
  environment_type: Type.Enum([...ENVIRONMENT_TYPES]),
  target_id: IdSchema,
  target_name: NameSchema,
  runtime_type: Type.Enum([...RUNTIME_TYPES]),
  slot_id: IdSchema,
  strategy: StrategySchema,
  variables: PinnedVariablesSchema,
  reason: Nullable(Text(1000)),
  /** The release group that it is a member of. */
  group_id: Type.Optional(IdSchema),
});
export type ReleaseSubject = Static<typeof ReleaseSubjectSchema>;

/** Failed: the release is bad. Errored: we could not tell. Only the first condemns the artifact (STYLE.md, Kargo). */
export const OUTCOMES = ['succeeded', 'failed', 'errored', 'inconclusive', 'aborted'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Summary for people, payload for programs (spec 001, section 4.3). */
export const DiagnosticsSchema = Closed({
  summary: Text(1000),
  step: Nullable(Text(100)),
  outcome: Type.Enum([...OUTCOMES]),
  payload: Type.Record(Type.String(), Type.Unknown()),
});
export type Diagnostics = Static<typeof DiagnosticsSchema>;

const Execution = { execution_id: IdSchema };
const RollbackTo = { to_release_id: IdSchema, to_artifact_version: VersionSchema };

export const releaseEvents = {
  'release.previewed': Closed({ subject: ReleaseSubjectSchema, draft: DraftSchema }),
  'release.pending_approval': Closed({ approval: ApprovalRequestSchema, slot_id: IdSchema, apply_requested_by: Text(200) }),
  /** A member of a group that was applied for: it waits for the group's approval, and then for its turn. */
  'release.awaiting_group': Closed({
    group_id: IdSchema,
    ticket_id: Nullable(IdSchema),
    slot_id: IdSchema,
    apply_requested_by: Text(200),
    requested_by_type: Type.Enum(['human', 'agent', 'service']),
  }),
  'release.approved': Closed({
    automatic: Type.Boolean({ description: 'Policy asks for no ticket' }),
    ticket_id: Nullable(IdSchema),
    approved_by: Type.Array(Text(200)),
    rule: Text(300),
    slot_id: IdSchema,
  }),
  'release.rejected': Closed({ ticket_id: IdSchema, rejected_by: Text(200), comment: Nullable(Text(2000)) }),
  'release.expired': Closed({ what: Type.Enum(['preview', 'ticket']), expired_at: TimestampSchema }),
  'release.superseded': Closed({
    /** The release that took its place; null: its preview no longer holds, for the reason in `why`. */
    by_release_id: Nullable(IdSchema),
    why: Type.Optional(Text(300)),
  }),
  'release.cancelled': Closed({ reason: Nullable(Text(1000)) }),
  'release.cancel_requested': Closed({ reason: Nullable(Text(1000)), ...Execution }),
  'release.applying': Closed({ ...Execution, slot_id: IdSchema }),
  'release.paused': Closed({ ...Execution, why: Text(1000) }),
  'release.resumed': Closed({ ...Execution, reason: Nullable(Text(1000)) }),
  'release.verifying': Closed({ ...Execution }),
  'release.applied': Closed({
    ...Execution,
    slot_id: IdSchema,
    observed_digest: DigestSchema,
    url: Nullable(Text(300)),
    changed: Type.Boolean({ description: 'False: success that changed nothing' }),
  }),
  'release.failed': Closed({
    execution_id: Nullable(IdSchema),
    slot_id: IdSchema,
    diagnostics: DiagnosticsSchema,
    outcome: Type.Enum(['failed', 'errored', 'inconclusive', 'aborted']),
  }),
  'release.rollback_requested': Closed({
    automatic: Type.Boolean(),
    reason: Nullable(Text(1000)),
    requested_by: Text(200),
    ...RollbackTo,
    slot_id: IdSchema,
    approval: Nullable(ApprovalRequestSchema),
    failed_execution_id: Nullable(IdSchema),
    time_bound_s: Type.Integer(),
    /** What lies between the two releases and does not come back by itself, in words. */
    warnings: Type.Optional(Type.Array(Text(500), { maxItems: 50 })),
  }),
  'release.rollback_approved': Closed({ ticket_id: IdSchema, approved_by: Type.Array(Text(200)), ...RollbackTo, slot_id: IdSchema }),
  'release.rollback_rejected': Closed({
    ticket_id: IdSchema,
    why: Type.Enum(['rejected', 'expired', 'cancelled', 'superseded']),
    by: Nullable(Text(200)),
    comment: Nullable(Text(2000)),
  }),
  'release.rolling_back': Closed({ ...Execution, ...RollbackTo }),
  'release.rollback_completed': Closed({
    ...Execution,
    ...RollbackTo,
    observed_digest: DigestSchema,
    duration_ms: Type.Integer(),
    within_time_bound: Type.Boolean(),
    held: Type.Boolean(),
  }),
  'release.rollback_failed': Closed({
    execution_id: Nullable(IdSchema),
    diagnostics: DiagnosticsSchema,
    outcome: Type.Enum(['failed', 'errored', 'inconclusive', 'aborted']),
  }),
};
export type ReleaseEvent = EventsOf<typeof releaseEvents>;
export type NewReleaseEvent = NewEventsOf<typeof releaseEvents>;
