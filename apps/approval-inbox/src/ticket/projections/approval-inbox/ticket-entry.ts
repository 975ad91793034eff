import type { TicketEntry, TicketView } from '@slipway/contracts';
import { expiresInS, slaStateOf } from '../../domain/ticket.view';
import type { InboxActionRow, InboxItemRow } from './approval-inbox.row';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** An entry of the inbox at a moment: what is stored, and how much time is left. */
export function ticketEntry(row: InboxItemRow, actions: readonly InboxActionRow[], now: string): TicketEntry {
  const view = ticketOfRow(row, actions);
  return { ...view, sla_state: slaStateOf(view, now), expires_in_s: expiresInS(view.status, view.expires_at, now), outcome: row.outcome };
}

const ticketOfRow = (row: InboxItemRow, actions: readonly InboxActionRow[]): TicketView => ({
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
  mentions: [...new Set(row.mentions)],
  escalated_at: iso(row.escalatedAt),
  escalated_to_role: row.escalatedToRole,
  decided_at: iso(row.decidedAt),
  decided_by: row.decidedBy,
  ended_because: row.endedBecause,
  actions: actions.map(({ action, actorId, actorType, comment, people, at }) => ({
    action,
    actor_id: actorId,
    actor_type: actorType,
    comment,
    people,
    at: at.toISOString(),
  })),
  version: row.version,
});
