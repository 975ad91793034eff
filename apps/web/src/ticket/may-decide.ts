import type { TicketView } from '../api/client';
import type { Session } from '../session/session';

/** Why the ticket is not the caller's to decide, in words; null when it is. The inbox service has the last word. */
export function whyNotMine(ticket: TicketView, session: Session | null): string | null {
  if (ticket.status !== 'pending') return 'It is decided.';
  if (!session) return 'Sign in to decide.';
  if (session.actorType === 'agent') return 'Agents propose; a person decides.';
  const lacking = ['deploy:approval:review', ticket.required_permission].filter((permission) => !session.permissions.includes(permission));
  if (lacking.length > 0) return `It takes ${lacking.join(' and ')}, which you do not have; ask somebody who does.`;
  if (ticket.four_eyes && ticket.requested_by === session.actorId) return 'You asked for it: somebody else must decide (four eyes).';
  if (ticket.actions.some(({ action, actor_id: actor }) => action === 'reviewed' && actor === session.actorId))
    return 'You have approved it already.';
  return null;
}
