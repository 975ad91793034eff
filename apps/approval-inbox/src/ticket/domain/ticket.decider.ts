import { requirePermissions, unknownResource, type EventOf, type NewApprovalEvent, type Principal } from '@slipway/contracts';
import { fourEyes, notHuman, refusalOf, ticketExpired } from './ticket.errors';
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
 * Approves; the approval that completes the quorum decides.
 * @throws SlipwayError `agent_cannot_approve`, `forbidden`, `four_eyes`, `ticket_decided`, `ticket_expired`, `unknown_resource`
 */
export function approveTicket(command: DecideTicket, ticket: Ticket, ref: string): NewApprovalEvent[] {
  const { by, comment = null } = command;
  const pending = decidable(command, ticket, ref);
  requireOtherEyes(pending.facts, by.actorId);
  if (pending.approvedBy.includes(by.actorId)) return [];
  const approved_by = [...pending.approvedBy, by.actorId];
  const { request, releaseId, previewRef } = pending.facts;
  if (approved_by.length < request.quorum) {
    const detail = { reviewer: by.actorId, comment, approvals: approved_by.length, quorum: request.quorum };
    return [{ action: 'approval.reviewed', status: 'pending', ...place(pending.facts), detail }];
  }
  const detail = { release_id: releaseId, preview_ref: previewRef, act: request.act, approved_by, comment };
  return [{ action: 'approval.approved', status: 'approved', ...place(pending.facts), detail }];
}

/**
 * One rejection ends the request. Who asked may also reject: that is taking it back.
 * @throws SlipwayError `agent_cannot_approve`, `forbidden`, `ticket_decided`, `ticket_expired`, `unknown_resource`
 */
export function rejectTicket(command: DecideTicket, ticket: Ticket, ref: string): NewApprovalEvent[] {
  const { facts } = decidable(command, ticket, ref);
  const { releaseId: release_id, previewRef: preview_ref, request } = facts;
  const detail = { release_id, preview_ref, act: request.act, rejected_by: command.by.actorId, comment: command.comment ?? null };
  return [{ action: 'approval.rejected', status: 'rejected', ...place(facts), detail }];
}

/** Nothing before its time, and nothing once it is decided. */
export function expireTicket(now: string, ticket: Ticket): NewApprovalEvent[] {
  if (ticket.phase !== 'pending' || !isPast(ticket, now)) return [];
  const { releaseId: release_id, previewRef: preview_ref, request } = ticket.facts;
  const detail = { release_id, preview_ref, act: request.act, expired_at: request.expires_at ?? now };
  return [{ action: 'approval.expired', status: 'expired', ...place(ticket.facts), detail }];
}

/** The release moved on without the ticket. */
export function voidTicket(why: string, ticket: Ticket): NewApprovalEvent[] {
  if (ticket.phase !== 'pending') return [];
  const detail = { release_id: ticket.facts.releaseId, why };
  return [{ action: 'approval.voided', status: 'voided', ...place(ticket.facts), detail }];
}

/** @throws SlipwayError `unknown_resource` */
export function openedTicket(ticket: Ticket, ref: string): OpenedTicket {
  if (ticket.phase === 'absent') throw unknownResource('ticket', ref);
  return ticket;
}

/** Who may decide at all, and whether there is anything left to decide; that order tells a person the lasting reason first. */
function decidable({ by, now }: DecideTicket, ticket: Ticket, ref: string): PendingTicket {
  if (by.actorType !== 'human') throw notHuman(by.actorId, by.actorType);
  const opened = openedTicket(ticket, ref);
  requirePermissions(by, 'deploy:approval:review', opened.facts.request.required_permission);
  if (opened.phase !== 'pending') throw refusalOf(opened);
  if (isPast(opened, now)) throw ticketExpired(opened.facts.id, opened.facts.request.expires_at);
  return opened;
}

function requireOtherEyes({ id, request, requestedBy, previewedBy }: TicketFacts, actor: string): void {
  if (!request.four_eyes) return;
  if (actor === requestedBy) throw fourEyes(id, actor, 'requested');
  if (actor === previewedBy) throw fourEyes(id, actor, 'previewed');
}

const isPast = ({ facts }: PendingTicket, now: string): boolean => facts.request.expires_at !== null && now >= facts.request.expires_at;

const place = ({ environmentId, teamId, previewRef }: TicketFacts) => ({ environmentId, teamId, previewRef });
