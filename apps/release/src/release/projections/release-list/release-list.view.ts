import { canonicalStatus, lifecycleState, type ReleaseView } from '@slipway/contracts';
import type { ReleaseFacts } from '../../domain/release.facts';

/**
 * The response of every release verb: from a command's own aggregate, or from a row; both hold the same facts. Member by member,
 * which is many times as fast as rest and spread on an object of this size.
 */
export function releaseView(facts: ReleaseFacts): ReleaseView {
  const status = canonicalStatus(facts.status);
  return {
    release_id: facts.release_id,
    status,
    lifecycle_state: lifecycleState(status),
    runtime_type: facts.runtime_type,
    approval_required: facts.approval_required,
    approval_ticket: facts.approval_ticket,
    preview_ref: facts.preview_ref,
    diagnostics_json: facts.diagnostics_json,
    project_id: facts.project_id,
    service_id: facts.service_id,
    service_name: facts.service_name,
    artifact_id: facts.artifact_id,
    artifact_version: facts.artifact_version,
    artifact_digest: facts.artifact_digest,
    change_id: facts.change_id,
    environment_id: facts.environment_id,
    environment_name: facts.environment_name,
    environment_type: facts.environment_type,
    target_id: facts.target_id,
    target_name: facts.target_name,
    slot_id: facts.slot_id,
    strategy: facts.strategy,
    variables: facts.variables,
    risk: facts.risk,
    reason: facts.reason,
    group_id: facts.group_id ?? null,
    requested_by: facts.requested_by,
    requested_by_type: facts.requested_by_type,
    approved_by: facts.approved_by,
    execution_id: facts.execution_id,
    paused: facts.paused,
    url: facts.url,
    rollback: rollbackView(facts),
    expires_at: facts.expires_at,
    previewed_at: facts.previewed_at,
    updated_at: facts.updated_at,
    ended_at: facts.ended_at,
    version: facts.version,
  };
}

function rollbackView(facts: ReleaseFacts): ReleaseView['rollback'] {
  if (!facts.rollback_status) return null;
  return {
    status: facts.rollback_status,
    automatic: facts.rollback_automatic,
    requested_by: facts.rollback_requested_by,
    reason: facts.rollback_reason,
    to_release_id: facts.rollback_to_release_id,
    to_artifact_version: facts.rollback_to_artifact_version,
    requested_at: facts.rollback_requested_at,
    ended_at: facts.rollback_ended_at,
    warnings: [...facts.rollback_warnings],
  };
}
