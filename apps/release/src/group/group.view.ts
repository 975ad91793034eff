import { lifecycleState, type GroupView, type ReleaseStatus } from '@slipway/contracts';
import type { GroupFacts } from './domain/group.facts';

/** Statuses of releases by id; what is not there yet is as its preview left it. */
export type Statuses = ReadonlyMap<string, ReleaseStatus>;

/** The response of every group verb: the group's facts, with what its members' own logs say of them. */
export const groupView = (facts: GroupFacts, statuses: Statuses): GroupView => ({
  group_id: facts.group_id,
  status: facts.status,
  lifecycle_state: lifecycleState(facts.status),
  approval_required: facts.approval_required,
  approval_ticket: facts.approval_ticket,
  preview_ref: facts.preview_ref,
  diagnostics_json: facts.diagnostics_json,
  project_id: facts.project_id,
  environment_id: facts.environment_id,
  environment_name: facts.environment_name,
  environment_type: facts.environment_type,
  risk: facts.draft.risk.level,
  reason: facts.reason,
  requested_by: facts.requested_by,
  requested_by_type: facts.requested_by_type,
  approved_by: facts.approved_by,
  cancel_requested: facts.cancel_requested,
  members: facts.draft.members.map((member) => ({ ...member, status: statuses.get(member.release_id) ?? 'previewed' })),
  rollback: facts.rollback,
  expires_at: facts.expires_at,
  previewed_at: facts.previewed_at,
  updated_at: facts.updated_at,
  ended_at: facts.ended_at,
  version: facts.version,
});
