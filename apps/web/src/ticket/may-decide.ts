import type { Schemas, TicketEntry, TicketView } from '../api/client';
import { mayIn } from '../session/grants';
import type { Session } from '../session/session';

/** Why the ticket is not the caller's to decide, in words; null when it is. The inbox service has the last word. */
export function whyNotMine(ticket: TicketView | TicketEntry | Schemas['TicketDetail'], session: Session | null): string | null {
  if (ticket.status !== 'pending') return 'It is decided.';
  if (!session) return 'Sign in to decide.';
  if (session.actor_type === 'agent') return 'Agents propose; a person decides.';
  const place = { project: ticket.project_id, environment: ticket.environment_id };
  const needed = ['deploy:approval:review', ticket.required_permission];
  const lacking = needed.filter((permission) => !mayIn(session.grants, permission, place));
  if (lacking.length > 0) return `It takes ${lacking.join(' and ')}, which you do not have; ask somebody who does.`;
  if (ticket.four_eyes && [ticket.requested_by, ticket.previewed_by].includes(session.actor_id))
    return 'You asked for it: somebody else must decide (four eyes).';
  if (ticket.approved_by.includes(session.actor_id)) return 'You have approved it already.';
  return 'why_not' in ticket ? ticket.why_not : null;
}
