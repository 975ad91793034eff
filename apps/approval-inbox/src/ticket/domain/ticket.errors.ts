import { SlipwayError } from '@slipway/contracts';
import type { DecidedTicket, Vote } from './ticket.state';

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

/** @param what it has too many of */
export const ticketFull = (id: string, what: string): SlipwayError =>
  new SlipwayError('ticket_full', `The ticket has ${what}, which is as much as it takes; decide it, or go on elsewhere.`, {
    ticket_id: id,
  });

/** Each approver has one approval, whoever gives it. */
export function voteGiven(id: string, actor: string, { of, by }: Vote): SlipwayError {
  const what = of === actor ? `'${by}' has approved in your place` : `'${of}', in whose place you decide, has an approval from '${by}'`;
  return new SlipwayError('forbidden', `You cannot approve this ticket: ${what}, and that counts once. Another approver must.`, {
    ticket_id: id,
    approved_by: by,
    in_place_of: of,
  });
}

export const cannotPassOn = (id: string, delegators: readonly string[]): SlipwayError =>
  new SlipwayError(
    'forbidden',
    `You decide this ticket in place of ${delegators.join(', ')}, and cannot hand that on. Decide it, or have them delegate to somebody else.`,
    { ticket_id: id, delegators: [...delegators] },
  );

export const noDelegate = (id: string, to: string): SlipwayError =>
  new SlipwayError(
    'invalid_request',
    `'${to}' is an approver of this ticket already, and approves it once; delegate to somebody who is not.`,
    { ticket_id: id, field: 'to' },
  );
