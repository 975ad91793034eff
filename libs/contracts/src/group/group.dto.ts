import { Type, type Static } from 'typebox';
import { VersionSchema } from '../artifact/artifact.events';
import { Closed, Nullable, Text } from '../platform/envelope';
import { ENVIRONMENT_TYPES, LifecycleStateSchema, ReleaseStatusSchema } from '../platform/lifecycle';
import { DigestSchema, IdSchema, NameSchema, RefSchema, TimestampSchema } from '../platform/names';
import { TimelineEntrySchema } from '../audit/audit.dto';
import { RISK_LEVELS, VariablesInputSchema } from '../release/draft';
import { PreviewViewSchema } from '../release/release.dto';
import { DiagnosticsSchema } from '../release/release.events';
import { StrategyInputSchema } from '../release/strategy';
import { GroupDraftSchema, GroupMemberSchema, MAX_MEMBERS, MIN_MEMBERS } from './group.events';

const MemberInputSchema = Closed({
  service: RefSchema,
  artifact: Type.Union([RefSchema, VersionSchema]),
  target: Type.Optional(RefSchema),
  strategy: Type.Optional(StrategyInputSchema),
  variables: Type.Optional(VariablesInputSchema),
});
/** Several services into one environment, in the order in which they are applied. */
export const PreviewGroupSchema = Closed({
  project: RefSchema,
  environment: RefSchema,
  members: Type.Array(MemberInputSchema, { minItems: MIN_MEMBERS, maxItems: MAX_MEMBERS }),
  reason: Type.Optional(Text(1000)),
});
export type PreviewGroup = Static<typeof PreviewGroupSchema>;
/** `preview_ref` may be missing on the wire: that is the rule violation `preview_required`, not a malformed request. */
export const ApplyGroupSchema = Closed({ preview_ref: Type.Optional(Type.String({ maxLength: 100 })) });
export type ApplyGroup = Static<typeof ApplyGroupSchema>;
export const RollbackGroupSchema = Closed({ reason: Type.Optional(Text(1000)) });
export const CancelGroupSchema = Closed({ reason: Type.Optional(Text(1000)) });

export const GroupRollbackViewSchema = Closed({
  status: Type.Enum(['pending_approval', 'rolling_back', 'completed', 'failed', 'rejected']),
  automatic: Type.Boolean(),
  requested_by: Type.String(),
  reason: Nullable(Type.String()),
  requested_at: TimestampSchema,
  ended_at: Nullable(TimestampSchema),
});

/** A release group; statuses and states are those of a release. */
export const GroupViewSchema = Closed({
  group_id: IdSchema,
  status: ReleaseStatusSchema,
  lifecycle_state: LifecycleStateSchema,
  approval_required: Type.Boolean(),
  approval_ticket: Nullable(IdSchema),
  preview_ref: DigestSchema,
  diagnostics_json: Nullable(DiagnosticsSchema),
  project_id: IdSchema,
  environment_id: IdSchema,
  environment_name: NameSchema,
  environment_type: Type.Enum([...ENVIRONMENT_TYPES]),
  risk: Type.Enum([...RISK_LEVELS]),
  reason: Nullable(Type.String()),
  requested_by: Type.String(),
  requested_by_type: Type.Enum(['human', 'agent', 'service']),
  approved_by: Type.Array(Type.String()),
  cancel_requested: Type.Boolean(),
  members: Type.Array(Closed({ ...GroupMemberSchema.properties, status: ReleaseStatusSchema })),
  rollback: Nullable(GroupRollbackViewSchema),
  expires_at: Nullable(TimestampSchema),
  previewed_at: TimestampSchema,
  updated_at: TimestampSchema,
  ended_at: Nullable(TimestampSchema),
  version: Type.Integer(),
});
export type GroupView = Static<typeof GroupViewSchema>;

/** A group with its draft and every member's own draft and manifest, in order. */
export const GroupPreviewViewSchema = Closed({
  ...GroupViewSchema.properties,
  preview: GroupDraftSchema,
  releases: Type.Array(PreviewViewSchema),
});
export type GroupPreviewView = Static<typeof GroupPreviewViewSchema>;

export const ListGroupsSchema = Closed({
  project: Type.Optional(RefSchema),
  environment: Type.Optional(RefSchema),
  status: Type.Optional(ReleaseStatusSchema),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  cursor: Type.Optional(Text(200)),
});
export type ListGroups = Static<typeof ListGroupsSchema>;

/** What happened to the group and to each of its releases, in the order of the log. */
export const GroupTimelineViewSchema = Closed({
  group_id: IdSchema,
  entries: Type.Array(TimelineEntrySchema),
  next_cursor: Nullable(Type.String()),
});
export type GroupTimelineView = Static<typeof GroupTimelineViewSchema>;
