import { PRIORITIES, type NewApprovalEvent, type Principal, type Priority } from '@slipway/contracts';
import { requireDelegable, requireOtherEyes } from './eligibility';
import { decidable, openedTicket, pendingTicket, place } from './ticket.decider';
import { ticketFull } from './ticket.errors';
import type { OpenedTicket, Ticket } from './ticket.state';
import { reminderAt, slaDueAt } from './ticket.view';

interface By {
  readonly by: Principal;
  readonly now: string;
}
export interface AssignTicket extends By {
  readonly assignee: string | null;
  readonly comment: string | undefined;
}
export interface DelegateTicket extends By {
  readonly to: string;
  readonly comment: string | undefined;
}

/**
 * Says who looks at it; who may decide stays as it is.
 * @throws SlipwayError `four_eyes`, `ticket_decided`, `ticket_expired`, `ticket_full`, `unknown_resource`
 */
export function assignTicket({ assignee, comment, now }: AssignTicket, ticket: Ticket, ref: string): NewApprovalEvent[] {
  const pending = pendingTicket(now, ticket, ref);
  if (assignee !== null) requireOtherEyes(pending.facts, assignee);
  if (pending.assignee === assignee) return [];
  requireRoom(MAX_HISTORY_BYTES, pending);
  return [{ action: 'approval.assigned', status: 'pending', ...place(pending.facts), detail: { assignee, comment: comment ?? null } }];
}

/**
 * Lets someone else decide in one's place: the permissions and four-eyes bind the delegate as they bind everybody. Both together have the
 * delegator's one approval, whoever gives it first; a delegate does not delegate on.
 * @throws SlipwayError `agent_cannot_approve`, `forbidden`, `four_eyes`, `invalid_request`, `ticket_decided`, `ticket_expired`,
 * `ticket_full`, `unknown_resource`
 */
export function delegateTicket({ by, to, comment, now }: DelegateTicket, ticket: Ticket, ref: string): NewApprovalEvent[] {
  const pending = decidable({ by, now }, ticket, ref);
  requireOtherEyes(pending.facts, by.actorId);
  requireOtherEyes(pending.facts, to);
  const known = pending.delegations.some((one) => one.from === by.actorId && one.to === to);
  if (known || to === by.actorId) return [];
  requireDelegable(by, to, pending);
  requireRoom(MAX_HISTORY_BYTES, pending);
  if (pending.delegations.length >= MAX_DELEGATIONS) throw ticketFull(pending.facts.id, `${MAX_DELEGATIONS} delegates`);
  const detail = { from: by.actorId, to, comment: comment ?? null };
  return [{ action: 'approval.delegated', status: 'pending', ...place(pending.facts), detail }];
}

/** A ticket can be talked about before and after it is decided. @throws SlipwayError `ticket_full`, `unknown_resource` */
export function commentTicket(comment: string, ticket: Ticket, ref: string): NewApprovalEvent[] {
  const opened = openedTicket(ticket, ref);
  const { facts, phase } = opened;
  requireRoom(MAX_COMMENTS_BYTES, opened);
  const comments = opened.actions.filter(({ action }) => action === 'commented').length;
  if (comments >= MAX_COMMENTS) throw ticketFull(facts.id, `${MAX_COMMENTS} comments`);
  const detail = { comment, mentions: mentionsIn(comment) };
  return [{ action: 'approval.commented', status: phase, ...place(facts), detail }];
}

const MAX_COMMENTS = 200;
const MAX_DELEGATIONS = 50;
/** A ticket is shown whole, in one reply. Who may only read it fills less of that than who decides it. */
const MAX_COMMENTS_BYTES = 256 * 1024;
const MAX_HISTORY_BYTES = 512 * 1024;

function requireRoom(bytes: number, { facts, actions }: OpenedTicket): void {
  if (Buffer.byteLength(JSON.stringify(actions)) >= bytes) throw ticketFull(facts.id, `${bytes / 1024} KiB of history`);
}

const MENTION = /(?:^|[\s(,;])@([A-Za-z0-9](?:[A-Za-z0-9._:@-]{0,198}[A-Za-z0-9])?)/g;
const MAX_MENTIONS = 20;
/** Who a comment speaks to: `@ann`, `@bob@example.org`. */
export const mentionsIn = (comment: string): string[] =>
  [...new Set([...comment.matchAll(MENTION)].map(([, who]) => who!))].slice(0, MAX_MENTIONS);

/** Once, when the time comes, while somebody can still answer. */
export function remindOfTicket(now: string, ticket: Ticket): NewApprovalEvent[] {
  if (ticket.phase !== 'pending' || ticket.reminded) return [];
  const { expires_at } = ticket.facts.request;
  const due = reminderAt(ticket.facts.request, ticket.facts.requestedAt);
  if (due === null || expires_at === null || now < due || now >= expires_at) return [];
  return [{ action: 'approval.reminded', status: 'pending', ...place(ticket.facts), detail: { expires_at } }];
}

/** Once, when nobody answered in time. */
export function escalateTicket(now: string, ticket: Ticket): NewApprovalEvent[] {
  if (ticket.phase !== 'pending' || ticket.escalation) return [];
  const { request, requestedAt } = ticket.facts;
  const due = slaDueAt(requestedAt, request.sla_s);
  if (due === null || now < due) return [];
  const detail = { sla_due_at: due, priority: oneUp(request.priority), to_role: request.escalate_to_role ?? null };
  return [{ action: 'approval.escalated', status: 'pending', ...place(ticket.facts), detail }];
}

const oneUp = (priority: Priority): Priority => PRIORITIES[Math.max(0, PRIORITIES.indexOf(priority) - 1)]!;
