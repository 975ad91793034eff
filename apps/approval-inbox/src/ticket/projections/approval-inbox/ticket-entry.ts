import type { TicketEntry } from '@slipway/contracts';
import { expiresInS, slaStateOf } from '../../domain/ticket.view';
import type { InboxItemRow } from './approval-inbox.row';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** An entry of the inbox at a moment: what is stored, and how much time is left. */
export function ticketEntry(row: InboxItemRow, comments: number, now: string): TicketEntry {
  const listed = listedOfRow(row);
  const left = { sla_state: slaStateOf(listed, now), expires_in_s: expiresInS(listed.status, listed.expires_at, now) };
  return { ...listed, comments, ...left, outcome: row.outcome };
}

const listedOfRow = (row: InboxItemRow): Omit<TicketEntry, 'comments' | 'sla_state' | 'expires_in_s' | 'outcome'> => ({
  ticket_id: row.ticketId,
  status: row.status,
  act: row.act,
  resource_type: row.resourceType,
  resource_id: row.resourceId,
  release_id: row.releaseId,
  preview_ref: row.previewRef,
  project_id: row.projectId,
  team_id: row.teamId,
  environment_id: row.environmentId,
  environment_name: row.environmentName,
  environment_type: row.environmentType,
  service_name: row.serviceName,
  artifact_version: row.artifactVersion,
  title: row.title,
  summary: row.summary,
  risk: row.risk,
  risk_reasons: row.riskReasons,
  priority: row.priority,
  required_permission: row.requiredPermission,
  required_role: row.requiredRole,
  approvers: row.approvers,
  rule: row.rule,
  policy_version: row.policyVersion,
  quorum: row.quorum,
  approvals: row.approvedBy.length,
  approved_by: row.approvedBy,
  four_eyes: row.fourEyes,
  requested_by: row.requestedBy,
  requested_by_type: row.requestedByType,
  previewed_by: row.previewedBy,
  requested_at: row.requestedAt.toISOString(),
  expires_at: iso(row.expiresAt),
  reminder_at: iso(row.reminderAt),
  sla_due_at: iso(row.slaDueAt),
  assignee: row.assignee,
  delegates: [...new Set(row.delegates)],
  escalated_at: iso(row.escalatedAt),
  escalated_to_role: row.escalatedToRole,
  decided_at: iso(row.decidedAt),
  decided_by: row.decidedBy,
  ended_because: row.endedBecause,
  version: row.version,
});
