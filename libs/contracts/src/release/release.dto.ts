import { Type, type Static } from 'typebox';
import { Closed, Nullable, Text } from '../platform/envelope';
import { ENVIRONMENT_TYPES, LifecycleStateSchema, ReleaseStatusSchema, RUNTIME_TYPES } from '../platform/lifecycle';
import { DigestSchema, IdSchema, NameSchema, RefSchema, TimestampSchema } from '../platform/names';
import { VersionSchema } from '../artifact/artifact.events';
import { DraftSchema, PinnedVariablesSchema, RISK_LEVELS, VariablesInputSchema } from './draft';
import { DiagnosticsSchema } from './release.events';
import { StrategyInputSchema, StrategySchema } from './strategy';

/** ARCHITECTURE.md, section 9. `artifact` is an artifact id or a version of the service. */
export const PreviewReleaseSchema = Closed({
  project: RefSchema,
  service: RefSchema,
  artifact: Type.Union([RefSchema, VersionSchema]),
  environment: RefSchema,
  target: Type.Optional(RefSchema),
  strategy: Type.Optional(StrategyInputSchema),
  variables: Type.Optional(VariablesInputSchema),
  reason: Type.Optional(Text(1000)),
});
export type PreviewRelease = Static<typeof PreviewReleaseSchema>;
/** `preview_ref` may be missing on the wire: that is the rule violation `preview_required`, not a malformed request. */
export const ApplyReleaseSchema = Closed({ preview_ref: Type.Optional(Type.String({ maxLength: 100 })) });
export type ApplyRelease = Static<typeof ApplyReleaseSchema>;
export const RollbackReleaseSchema = Closed({ reason: Type.Optional(Text(1000)) });
export type RollbackRelease = Static<typeof RollbackReleaseSchema>;
export const CancelReleaseSchema = Closed({ reason: Type.Optional(Text(1000)) });
export const ResumeReleaseSchema = Closed({ reason: Type.Optional(Text(1000)) });

export const RollbackViewSchema = Closed({
  status: Type.Enum(['pending_approval', 'requested', 'rolling_back', 'completed', 'failed', 'rejected']),
  automatic: Type.Boolean(),
  requested_by: Type.String(),
  reason: Nullable(Type.String()),
  to_release_id: IdSchema,
  to_artifact_version: Type.String(),
  requested_at: TimestampSchema,
  ended_at: Nullable(TimestampSchema),
  warnings: Type.Optional(Type.Array(Type.String(), { description: 'What lies between and does not come back by itself' })),
});

/** Every release response (spec 001, section 2.2), plus what identifies the release to a person. */
export const ReleaseViewSchema = Closed({
  release_id: IdSchema,
  status: ReleaseStatusSchema,
  lifecycle_state: LifecycleStateSchema,
  runtime_type: Type.Enum([...RUNTIME_TYPES]),
  approval_required: Type.Boolean(),
  approval_ticket: Nullable(IdSchema),
  preview_ref: DigestSchema,
  diagnostics_json: Nullable(DiagnosticsSchema),
  project_id: IdSchema,
  service_id: IdSchema,
  service_name: NameSchema,
  artifact_id: IdSchema,
  artifact_version: Type.String(),
  artifact_digest: DigestSchema,
  change_id: Nullable(IdSchema),
  environment_id: IdSchema,
  environment_name: NameSchema,
  environment_type: Type.Enum([...ENVIRONMENT_TYPES]),
  target_id: IdSchema,
  target_name: NameSchema,
  slot_id: IdSchema,
  strategy: StrategySchema,
  variables: PinnedVariablesSchema,
  risk: Type.Enum([...RISK_LEVELS]),
  reason: Nullable(Type.String()),
  group_id: Nullable(IdSchema),
  requested_by: Type.String(),
  requested_by_type: Type.Enum(['human', 'agent', 'service']),
  approved_by: Type.Array(Type.String()),
  execution_id: Nullable(IdSchema),
  paused: Type.Boolean(),
  url: Nullable(Type.String()),
  rollback: Nullable(RollbackViewSchema),
  expires_at: Nullable(TimestampSchema),
  previewed_at: TimestampSchema,
  updated_at: TimestampSchema,
  ended_at: Nullable(TimestampSchema),
  version: Type.Integer(),
});
export type ReleaseView = Static<typeof ReleaseViewSchema>;

/** A release with its draft and the exact manifest. */
export const PreviewViewSchema = Closed({ ...ReleaseViewSchema.properties, preview: DraftSchema, manifest: Type.Unknown() });
export type PreviewView = Static<typeof PreviewViewSchema>;

export const ListReleasesSchema = Closed({
  project: Type.Optional(RefSchema),
  service: Type.Optional(RefSchema),
  environment: Type.Optional(RefSchema),
  slot: Type.Optional(IdSchema),
  status: Type.Optional(ReleaseStatusSchema),
  lifecycle_state: Type.Optional(LifecycleStateSchema),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  cursor: Type.Optional(Text(200)),
});
export type ListReleases = Static<typeof ListReleasesSchema>;

/** Why a release is where it is: a summary for people, the raw payload for programs (spec 001, section 4.3). */
export const ReleaseDiagnosticsSchema = Closed({
  release_id: IdSchema,
  status: ReleaseStatusSchema,
  lifecycle_state: LifecycleStateSchema,
  summary: Type.String(),
  diagnostics_json: Nullable(DiagnosticsSchema),
});
export type ReleaseDiagnostics = Static<typeof ReleaseDiagnosticsSchema>;
export const releaseDiagnostics = (view: ReleaseView): ReleaseDiagnostics => ({
  release_id: view.release_id,
  status: view.status,
  lifecycle_state: view.lifecycle_state,
  summary: view.diagnostics_json?.summary ?? `The release is ${view.status.replaceAll('_', ' ')}; nothing went wrong so far.`,
  diagnostics_json: view.diagnostics_json,
});
