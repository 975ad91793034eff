import type { TicketView } from '@slipway/contracts';
import type { OpenedTicket } from './ticket.state';

/** When an answer is due: seconds after the request; null without an SLA. */
export const slaDueAt = (requestedAt: string, slaS: number | null): string | null =>
  slaS === null ? null : new Date(Date.parse(requestedAt) + slaS * 1000).toISOString();

export function ticketView(ticket: OpenedTicket): TicketView {
  const { facts, approvedBy, actions, version } = ticket;
  const { request } = facts;
  return {
    ticket_id: facts.id,
    status: ticket.phase,
    act: request.act,
    release_id: facts.releaseId,
    preview_ref: facts.previewRef,
    project_id: facts.projectId,
    environment_id: facts.environmentId,
    environment_name: facts.environmentName,
    environment_type: facts.environmentType,
    service_name: facts.serviceName,
    artifact_version: facts.artifactVersion,
    title: request.title,
    summary: request.summary,
    risk: request.risk,
    priority: request.priority,
    required_permission: request.required_permission,
    quorum: request.quorum,
    approvals: approvedBy.length,
    four_eyes: request.four_eyes,
    requested_by: facts.requestedBy,
    requested_by_type: facts.requestedByType,
    requested_at: facts.requestedAt,
    expires_at: request.expires_at,
    sla_due_at: slaDueAt(facts.requestedAt, request.sla_s),
    decided_at: ticket.phase === 'pending' ? null : ticket.decidedAt,
    decided_by: ticket.phase === 'pending' ? [] : [...ticket.decidedBy],
    actions: [...actions],
    version,
  };
}
