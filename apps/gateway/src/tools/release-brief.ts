import {
  Closed,
  DigestSchema,
  ENVIRONMENT_TYPES,
  IdSchema,
  LifecycleStateSchema,
  NameSchema,
  Nullable,
  ReleaseStatusSchema,
  RISK_LEVELS,
  RUNTIME_TYPES,
  Text,
  TimestampSchema,
  VersionSchema,
  type ReleaseView,
} from '@slipway/contracts';
import { Type, type Static } from 'typebox';
import { cleanText, Untrusted } from './untrusted';

const ActorType = Type.Enum(['human', 'agent', 'service']);

/** A release as tools show it: what identifies it, where it stands, and what can be done next. */
export const ReleaseBriefSchema = Closed({
  release_id: IdSchema,
  project_id: IdSchema,
  status: ReleaseStatusSchema,
  lifecycle_state: LifecycleStateSchema,
  service: NameSchema,
  artifact_version: VersionSchema,
  environment: NameSchema,
  environment_type: Type.Enum([...ENVIRONMENT_TYPES]),
  target: NameSchema,
  runtime_type: Type.Enum([...RUNTIME_TYPES]),
  preview_ref: DigestSchema,
  approval_required: Type.Boolean(),
  approval_ticket: Nullable(IdSchema),
  risk: Type.Enum([...RISK_LEVELS]),
  requested_by: Text(200),
  requested_by_type: ActorType,
  approved_by: Type.Array(Text(200), { maxItems: 20 }),
  paused: Type.Boolean(),
  url: Nullable(Text(300)),
  rollback: Nullable(
    Closed({
      status: Type.Enum(['pending_approval', 'requested', 'rolling_back', 'completed', 'failed', 'rejected']),
      automatic: Type.Boolean(),
      to_release_id: IdSchema,
      to_artifact_version: VersionSchema,
    }),
  ),
  expires_at: Nullable(TimestampSchema),
  updated_at: TimestampSchema,
  untrusted_reason: Nullable(Untrusted('comment', 500)),
  untrusted_diagnostics: Nullable(Untrusted('diagnostics', 1000)),
  next: Text(500, { description: 'What can be done next' }),
});
export type ReleaseBrief = Static<typeof ReleaseBriefSchema>;

export const releaseBrief = (view: ReleaseView): ReleaseBrief => ({
  release_id: view.release_id,
  project_id: view.project_id,
  status: view.status,
  lifecycle_state: view.lifecycle_state,
  service: view.service_name,
  artifact_version: view.artifact_version,
  environment: view.environment_name,
  environment_type: view.environment_type,
  target: view.target_name,
  runtime_type: view.runtime_type,
  preview_ref: view.preview_ref,
  approval_required: view.approval_required,
  approval_ticket: view.approval_ticket,
  risk: view.risk,
  requested_by: view.requested_by,
  requested_by_type: view.requested_by_type,
  approved_by: view.approved_by.slice(0, 20),
  paused: view.paused,
  url: view.url,
  rollback: view.rollback && {
    status: view.rollback.status,
    automatic: view.rollback.automatic,
    to_release_id: view.rollback.to_release_id,
    to_artifact_version: view.rollback.to_artifact_version,
  },
  expires_at: view.expires_at,
  updated_at: view.updated_at,
  untrusted_reason: view.reason === null ? null : cleanText(view.reason, 500),
  untrusted_diagnostics: view.diagnostics_json === null ? null : cleanText(view.diagnostics_json.summary, 1000),
  next: nextStep(view),
});

/** What a caller can do next with a release, in words. */
export function nextStep(view: ReleaseView): string {
  if (view.rollback?.status === 'pending_approval')
    return `The rollback waits for a person to decide ticket ${view.approval_ticket} in the inbox; watch_release tells when it goes on.`;
  switch (view.status) {
    case 'previewed':
      return 'Nothing has run. Apply it with apply_release and this preview_ref before expires_at, or leave it to expire.';
    case 'pending_approval':
      return `Waits for a person to decide ticket ${view.approval_ticket} in the inbox; agents cannot. watch_release tells when it goes on.`;
    case 'approved':
    case 'applying':
    case 'verifying':
    case 'rolling_back':
      return 'It is under way; watch_release follows it to its end.';
    case 'applied':
      return 'It runs. roll_back_release would bring back what ran before.';
    case 'failed':
    case 'rollback_failed':
      return 'explain_failure says what went wrong.';
    case 'rolled_back':
      return 'The release before it runs again; the slot is held if a person rolled back. explain_failure says why it was taken back.';
    default:
      return `It ended as ${view.status} without running; make a new preview to try again.`;
  }
}
