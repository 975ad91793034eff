import { SlipwayError } from '@slipway/contracts';
import type { DecidedTicket } from './ticket.state';

/** `why`: what ended it, where nobody decided it. */
export const ticketDecided = (id: string, status: string, by: readonly string[] = [], why: string | null = null): SlipwayError =>
  new SlipwayError(
    'ticket_decided',
    `The ticket is ${status} already${by.length > 0 ? ` by ${by.join(', ')}` : ''}${why === null ? '' : ` (${why})`}; it cannot be decided again.`,
    {
      ticket_id: id,
      status,
      decided_by: by,
    },
  );

export const ticketExpired = (id: string, expiredAt: string | null): SlipwayError =>
  new SlipwayError('ticket_expired', `The ticket expired${expiredAt ? ` at ${expiredAt}` : ''}; preview and apply again to ask anew.`, {
    ticket_id: id,
    expired_at: expiredAt,
  });

export const fourEyes = (id: string, actor: string, role: 'requested' | 'previewed'): SlipwayError =>
  new SlipwayError(
    'four_eyes',
    `'${actor}' ${role} this release and cannot approve it; someone else must (four-eyes policy of the environment).`,
    {
      ticket_id: id,
      [role === 'requested' ? 'requested_by' : 'previewed_by']: actor,
    },
  );

export const notHuman = (actor: string, actorType: string): SlipwayError =>
  new SlipwayError(
    'agent_cannot_approve',
    `'${actor}' is ${actorType === 'agent' ? 'an agent' : 'a service'}; only people decide approvals. Ask an approver.`,
    {
      actor_type: actorType,
    },
  );

export const refusalOf = (ticket: DecidedTicket): SlipwayError =>
  ticket.phase === 'expired'
    ? ticketExpired(ticket.facts.id, ticket.facts.request.expires_at)
    : ticketDecided(ticket.facts.id, ticket.phase, ticket.decidedBy, ticket.endedBecause);

export const notAnApprover = (id: string, why: string, details: Record<string, unknown>): SlipwayError =>
  new SlipwayError('forbidden', `You cannot decide this ticket: ${why}. Ask one of them, or have one delegate it to you.`, {
    ticket_id: id,
    ...details,
  });
