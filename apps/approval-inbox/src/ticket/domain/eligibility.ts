import { personBehind, principalAt, requirePermissions, SlipwayError, type Principal } from '@slipway/contracts';
import { fourEyes, notAnApprover, notHuman } from './ticket.errors';
import type { OpenedTicket, TicketFacts } from './ticket.state';

/**
 * Whether this person may decide the ticket at all: a human, with the permissions, in the role, among the named approvers or
 * someone to whom one of them delegated.
 * @throws SlipwayError `agent_cannot_approve`, `forbidden`
 */
export function requireDecider(by: Principal, { facts, delegations }: Pick<OpenedTicket, 'facts' | 'delegations'>): void {
  if (by.actorType !== 'human') throw notHuman(by.actorId, by.actorType);
  const { request } = facts;
  const there = principalAt(by, { projectId: facts.projectId, environmentId: facts.environmentId });
  requirePermissions(there, 'deploy:approval:review', request.required_permission);
  const delegated = delegations.some(({ to }) => to === by.actorId);
  const role = request.required_role ?? null;
  if (role !== null && !delegated && !(there.roles ?? []).includes(role)) {
    throw notAnApprover(facts.id, `it asks for an approver in the role '${role}'`, { required_role: role });
  }
  const approvers = request.approvers ?? [];
  if (approvers.length > 0 && !delegated && !approvers.includes(by.actorId)) {
    throw notAnApprover(facts.id, `only ${approvers.join(', ')} may decide it`, { approvers: [...approvers] });
  }
}

/** Four eyes: who asked or made the preview does not approve. @throws SlipwayError `four_eyes` */
export function requireOtherEyes({ id, request, requestedBy, previewedBy }: TicketFacts, actor: string): void {
  if (!request.four_eyes) return;
  if (actor === requestedBy || actor === personBehind(requestedBy)) throw fourEyes(id, actor, 'requested');
  if (actor === previewedBy || actor === personBehind(previewedBy)) throw fourEyes(id, actor, 'previewed');
}

/** Why this person cannot approve the ticket, in words; null: they can. */
export function whyNot(by: Principal, ticket: OpenedTicket): string | null {
  try {
    if (ticket.phase !== 'pending') return `The ticket is ${ticket.phase}.`;
    requireDecider(by, ticket);
    requireOtherEyes(ticket.facts, by.actorId);
    return ticket.approvedBy.includes(by.actorId) ? 'You have approved it already; others must, too.' : null;
  } catch (error) {
    if (error instanceof SlipwayError) return error.message;
    throw error;
  }
}
