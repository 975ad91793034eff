import { Checkbox } from '@mantine/core';
import type { TicketView } from '../api/client';
import { Actor, RiskMark, TicketMark, ToneMark } from '../display/marks';
import { Countdown, Moment } from '../display/times';
import { column } from '../display/virtual-table';

interface Selection {
  chosen: ReadonlySet<string>;
  toggle: (id: string) => void;
  selectable: (ticket: TicketView) => boolean;
}

export const inboxColumns = ({ chosen, toggle, selectable }: Selection) => [
  column<TicketView>(
    'choose',
    '',
    ({ ticket_id: id }) => id,
    (ticket) =>
      selectable(ticket) && (
        <Checkbox
          size="xs"
          aria-label={`Choose ${ticket.title}`}
          checked={chosen.has(ticket.ticket_id)}
          onChange={() => toggle(ticket.ticket_id)}
        />
      ),
    '36px',
  ),
  column<TicketView>(
    'title',
    'Request',
    ({ title }) => title,
    ({ title }) => <b>{title}</b>,
  ),
  column<TicketView>(
    'place',
    'Where',
    ({ environment_name: name }) => name ?? '',
    ({ environment_name: name }) => name,
  ),
  column<TicketView>(
    'risk',
    'Risk',
    ({ risk }) => risk,
    ({ risk }) => <RiskMark risk={risk} />,
  ),
  column<TicketView>(
    'priority',
    'Priority',
    ({ priority }) => priority,
    ({ priority }) => <ToneMark tone={priority === 'P0' || priority === 'P1' ? 'wait' : 'neutral'}>{priority}</ToneMark>,
  ),
  column<TicketView>(
    'status',
    'Status',
    ({ status }) => status,
    (ticket) => <TicketStanding ticket={ticket} />,
  ),
  column<TicketView>(
    'by',
    'Asked by',
    ({ requested_by: by }) => by,
    ({ requested_by: id, requested_by_type: type, requested_at: at }) => (
      <>
        <Actor id={id} type={type} />{' '}
        <span className="quiet">
          <Moment at={at} relative />
        </span>
      </>
    ),
  ),
];

function TicketStanding({ ticket }: { ticket: TicketView }) {
  if (ticket.status !== 'pending') return <TicketMark status={ticket.status} />;
  if (ticket.expires_at) return <Countdown to={ticket.expires_at} what="expires in" over="expired" />;
  return ticket.sla_due_at ? <Countdown to={ticket.sla_due_at} what="due in" over="overdue" /> : <TicketMark status="pending" />;
}
