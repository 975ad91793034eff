import { unknownResource, type EventOf, type NewApprovalEvent, type Principal, type WithdrawalCause } from '@slipway/contracts';
import { requireDecider, requireOtherEyes, requireVote } from './eligibility';
import { refusalOf, ticketExpired } from './ticket.errors';
import type { OpenedTicket, PendingTicket, Ticket, TicketFacts } from './ticket.state';

export interface OpenTicket {
  readonly environmentId: string;
  readonly teamId: string;
  readonly previewRef: string;
  readonly detail: EventOf<'approval.opened'>['detail'];
}
/** A person's decision on a ticket. */
export interface DecideTicket {
  readonly by: Principal;
  readonly comment: string | undefined;
  readonly now: string;
}

/** Once: a ticket that was opened stays as it is. */
export function openTicket({ environmentId, teamId, previewRef, detail }: OpenTicket, ticket: Ticket): NewApprovalEvent[] {
  if (ticket.phase !== 'absent') return [];
  return [{ action: 'approval.opened', status: 'pending', environmentId, teamId, previewRef, detail }];
}

/**
 * Approves; the approval that completes the quorum decides. As a delegate one gives the approval of who delegated, in their place.
 * @throws SlipwayError `agent_cannot_approve`, `forbidden`, `four_eyes`, `ticket_decided`, `ticket_expired`, `unknown_resource`
 */
export function approveTicket(command: DecideTicket, ticket: Ticket, ref: string): NewApprovalEvent[] {
  const { by, comment = null } = command;
  const pending = decidable(command, ticket, ref);
  requireOtherEyes(pending.facts, by.actorId);
  if (pending.approvedBy.includes(by.actorId)) return [];
  const of = requireVote(by, pending);
  const inPlace = of === by.actorId ? {} : { in_place_of: of };
  const approved_by = [...pending.approvedBy, by.actorId];
  const { quorum } = pending.facts.request;
  if (approved_by.length < quorum) {
    const detail = { reviewer: by.actorId, comment, approvals: approved_by.length, quorum, ...inPlace };
    return [{ action: 'approval.reviewed', status: 'pending', ...place(pending.facts), detail }];
  }
  const detail = { ...decidedOn(pending.facts), approved_by, comment, ...inPlace };
  return [{ action: 'approval.approved', status: 'approved', ...place(pending.facts), detail }];
}

/**
 * One rejection ends the request. Who asked may also reject: that is taking it back.
 * @throws SlipwayError `agent_cannot_approve`, `forbidden`, `ticket_decided`, `ticket_expired`, `unknown_resource`
 */
export function rejectTicket(command: DecideTicket, ticket: Ticket, ref: string): NewApprovalEvent[] {
  const { facts } = decidable(command, ticket, ref);
  const detail = { ...decidedOn(facts), rejected_by: command.by.actorId, comment: command.comment ?? null };
  return [{ action: 'approval.rejected', status: 'rejected', ...place(facts), detail }];
}

/** Nothing before its time, and nothing once it is decided. */
export function expireTicket(now: string, ticket: Ticket): NewApprovalEvent[] {
  if (ticket.phase !== 'pending' || !isPast(ticket, now)) return [];
  const detail = { ...decidedOn(ticket.facts), expired_at: ticket.facts.request.expires_at ?? now };
  return [{ action: 'approval.expired', status: 'expired', ...place(ticket.facts), detail }];
}

/** Its owner moved on without the ticket. */
export function voidTicket(cause: WithdrawalCause, why: string, ticket: Ticket): NewApprovalEvent[] {
  if (ticket.phase !== 'pending') return [];
  const detail = { ...about(ticket.facts), cause, why };
  return [{ action: 'approval.voided', status: cause, ...place(ticket.facts), detail }];
}

/** @throws SlipwayError `unknown_resource` */
export function openedTicket(ticket: Ticket, ref: string): OpenedTicket {
  if (ticket.phase === 'absent') throw unknownResource('ticket', ref);
  return ticket;
}

/** @throws SlipwayError `ticket_decided`, `ticket_expired`, `unknown_resource` */
export function pendingTicket(now: string, ticket: Ticket, ref: string): PendingTicket {
  const opened = openedTicket(ticket, ref);
  if (opened.phase !== 'pending') throw refusalOf(opened);
  if (isPast(opened, now)) throw ticketExpired(opened.facts.id, opened.facts.request.expires_at);
  return opened;
}

/** Who may decide at all, and whether there is anything left to decide; that order tells a person the lasting reason first. */
export function decidable({ by, now }: Pick<DecideTicket, 'by' | 'now'>, ticket: Ticket, ref: string): PendingTicket {
  requireDecider(by, openedTicket(ticket, ref));
  return pendingTicket(now, ticket, ref);
}

const isPast = ({ facts }: PendingTicket, now: string): boolean => facts.request.expires_at !== null && now >= facts.request.expires_at;

export const place = ({ environmentId, teamId, previewRef }: TicketFacts) => ({ environmentId, teamId, previewRef });
const about = ({ resourceType, resourceId, releaseId }: TicketFacts) => ({
  resource_type: resourceType,
  resource_id: resourceId,
  release_id: releaseId,
});
const decidedOn = (facts: TicketFacts) => ({ ...about(facts), preview_ref: facts.previewRef, act: facts.request.act });
