import { personBehind, principalAt, requirePermissions, SlipwayError, type Principal } from '@slipway/contracts';
import { cannotPassOn, fourEyes, notAnApprover, notHuman, noDelegate, voteGiven } from './ticket.errors';
import type { OpenedTicket, TicketFacts } from './ticket.state';

/** What eligibility depends on. */
type Judged = Pick<OpenedTicket, 'facts' | 'delegations' | 'approvedBy' | 'votes'>;

/**
 * Whether this person may decide the ticket at all: a human, with the permissions, in the role, among the named approvers or
 * someone to whom one of them delegated.
 * @returns in whose place: their own first, then those who delegated to them. Never empty.
 * @throws SlipwayError `agent_cannot_approve`, `forbidden`
 */
export function requireDecider(by: Principal, { facts, delegations }: Pick<Judged, 'facts' | 'delegations'>): string[] {
  if (by.actorType !== 'human') throw notHuman(by.actorId, by.actorType);
  requirePermissions(principalHere(by, facts), 'deploy:approval:review', facts.request.required_permission);
  const delegators = delegations.filter(({ to }) => to === by.actorId).map(({ from }) => from);
  const refusal = whyNoApprover(by, facts);
  if (refusal !== null && delegators.length === 0) throw refusal;
  return [...(refusal === null ? [by.actorId] : []), ...delegators];
}

/**
 * Whose approval this person's would be: an approver has one, given by themselves or by whom they delegated to.
 * @throws SlipwayError `agent_cannot_approve`, `forbidden`, also where that approval is given already
 */
export function requireVote(by: Principal, ticket: Judged): string {
  const places = requireDecider(by, ticket);
  const free = places.find((place) => !ticket.votes.some((vote) => vote.of === place));
  if (free !== undefined) return free;
  const given = ticket.votes.find((vote) => vote.of === places[0])!;
  throw voteGiven(ticket.facts.id, by.actorId, given);
}

/**
 * Delegating is for approvers in their own right, whose approval is not given, and to somebody whose approval does not count by itself.
 * @throws SlipwayError `agent_cannot_approve`, `forbidden`, `invalid_request`
 */
export function requireDelegable(by: Principal, to: string, ticket: Judged): void {
  const { facts, votes, approvedBy } = ticket;
  const places = requireDecider(by, ticket);
  if (!places.includes(by.actorId)) throw cannotPassOn(facts.id, places);
  const given = votes.find((vote) => vote.of === by.actorId);
  if (given) throw voteGiven(facts.id, by.actorId, given);
  if (approvedBy.includes(to) || (facts.request.approvers ?? []).includes(to)) throw noDelegate(facts.id, to);
}

const principalHere = (by: Principal, { projectId, environmentId }: TicketFacts): Principal =>
  principalAt(by, { projectId, environmentId });

/** Why this person is no approver of the ticket in their own right. */
function whyNoApprover(by: Principal, facts: TicketFacts): SlipwayError | null {
  const role = facts.request.required_role ?? null;
  if (role !== null && !(principalHere(by, facts).roles ?? []).includes(role)) {
    return notAnApprover(facts.id, `it asks for an approver in the role '${role}'`, { required_role: role });
  }
  const approvers = facts.request.approvers ?? [];
  if (approvers.length > 0 && !approvers.includes(by.actorId)) {
    return notAnApprover(facts.id, `only ${approvers.join(', ')} may decide it`, { approvers: [...approvers] });
  }
  return null;
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
    if (ticket.approvedBy.includes(by.actorId)) return 'You have approved it already; others must, too.';
    requireVote(by, ticket);
    return null;
  } catch (error) {
    if (error instanceof SlipwayError) return error.message;
    throw error;
  }
}
