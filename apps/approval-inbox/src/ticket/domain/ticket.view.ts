import type { ApprovalRequest, SlaState, TicketView } from '@slipway/contracts';
import type { OpenedTicket, TicketFacts } from './ticket.state';

/** When an answer is due: seconds after the request; null without an SLA. */
export const slaDueAt = (requestedAt: string, slaS: number | null): string | null =>
  slaS === null ? null : new Date(Date.parse(requestedAt) + slaS * 1000).toISOString();

/** When people are reminded; never before the request, and null where the ticket does not expire or nobody wants it. */
export function reminderAt({ expires_at, reminder_before_s }: ApprovalRequest, requestedAt: string): string | null {
  if (expires_at === null || reminder_before_s === null || reminder_before_s === undefined) return null;
  const at = Date.parse(expires_at) - reminder_before_s * 1000;
  return at <= Date.parse(requestedAt) ? null : new Date(at).toISOString();
}

interface Timed {
  readonly status: TicketView['status'];
  readonly requested_at: string;
  readonly sla_due_at: string | null;
  readonly decided_at: string | null;
}
/** The last quarter of the time is `at_risk`. What ended undecided before its time has met nothing and missed nothing. */
export function slaStateOf({ status, requested_at, sla_due_at, decided_at }: Timed, now: string): SlaState {
  if (sla_due_at === null) return 'none';
  if (status !== 'pending') {
    if ((decided_at ?? now) > sla_due_at) return 'missed';
    return status === 'approved' || status === 'rejected' ? 'met' : 'none';
  }
  if (now >= sla_due_at) return 'missed';
  const due = Date.parse(sla_due_at);
  return Date.parse(now) >= due - (due - Date.parse(requested_at)) / 4 ? 'at_risk' : 'on_track';
}

/** Whole seconds until a pending ticket expires; null where it does not. */
export const expiresInS = (status: TicketView['status'], expiresAt: string | null, now: string): number | null =>
  status !== 'pending' || expiresAt === null ? null : Math.max(0, Math.ceil((Date.parse(expiresAt) - Date.parse(now)) / 1000));

export function ticketView(ticket: OpenedTicket): TicketView {
  const { facts, approvedBy, escalation, actions, version } = ticket;
  const ended = ticket.phase === 'pending' ? undefined : ticket;
  return {
    ticket_id: facts.id,
    status: ticket.phase,
    ...askedView(facts),
    priority: escalation?.priority ?? facts.request.priority,
    approvals: approvedBy.length,
    approved_by: [...approvedBy],
    assignee: ticket.assignee,
    delegates: [...new Set(ticket.delegations.map(({ to }) => to))],
    mentions: [...ticket.mentions],
    escalated_at: escalation?.at ?? null,
    escalated_to_role: escalation?.toRole ?? null,
    decided_at: ended?.decidedAt ?? null,
    decided_by: [...(ended?.decidedBy ?? [])],
    ended_because: ended?.endedBecause ?? null,
    actions: [...actions],
    version,
  };
}

/** What was fixed when the ticket was opened. */
export function askedView(facts: TicketFacts) {
  const { request } = facts;
  return {
    act: request.act,
    resource_type: facts.resourceType,
    resource_id: facts.resourceId,
    release_id: facts.releaseId,
    preview_ref: facts.previewRef,
    project_id: facts.projectId,
    team_id: facts.teamId,
    environment_id: facts.environmentId,
    environment_name: facts.environmentName,
    environment_type: facts.environmentType,
    service_name: facts.serviceName,
    artifact_version: facts.artifactVersion,
    title: request.title,
    summary: request.summary,
    risk: request.risk,
    risk_reasons: request.risk_reasons ?? [],
    required_permission: request.required_permission,
    required_role: request.required_role ?? null,
    approvers: request.approvers ?? [],
    rule: request.rule ?? null,
    policy_version: request.policy_version ?? null,
    quorum: request.quorum,
    four_eyes: request.four_eyes,
    requested_by: facts.requestedBy,
    requested_by_type: facts.requestedByType,
    previewed_by: facts.previewedBy,
    requested_at: facts.requestedAt,
    expires_at: request.expires_at,
    reminder_at: reminderAt(request, facts.requestedAt),
    sla_due_at: slaDueAt(facts.requestedAt, request.sla_s),
  };
}
