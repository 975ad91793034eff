import type { TicketEntry } from '../api/client';
import { Actor, RiskMark, TicketMark, ToneMark } from '../display/marks';
import { Countdown, Moment } from '../display/times';
import { column, type Column } from '../display/virtual-table';
import { ChooseBox } from './chosen';

const inboxColumns = (place: Column<TicketEntry>): readonly Column<TicketEntry>[] => [
  column<TicketEntry>(
    'choose',
    '',
    ({ ticket_id: id }) => id,
    (ticket) => <ChooseBox ticket={ticket} />,
    40,
  ),
  column<TicketEntry>(
    'title',
    'Request',
    ({ title }) => title,
    ({ title }) => <b title={title}>{title}</b>,
    323,
  ),
  place,
  column<TicketEntry>(
    'risk',
    'Risk',
    ({ risk }) => risk,
    ({ risk }) => <RiskMark risk={risk} />,
    147,
  ),
  column<TicketEntry>(
    'priority',
    'Priority',
    ({ priority }) => priority,
    ({ priority }) => <ToneMark tone={priority === 'P0' || priority === 'P1' ? 'wait' : 'neutral'}>{priority}</ToneMark>,
    79,
  ),
  column<TicketEntry>(
    'status',
    'Status',
    ({ status }) => status,
    (ticket) => <TicketStanding ticket={ticket} />,
    194,
  ),
  column<TicketEntry>(
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
    196,
  ),
];

export const INBOX_COLUMNS = inboxColumns(
  column<TicketEntry>(
    'place',
    'Where',
    ({ environment_name: name }) => name ?? '',
    ({ environment_name: name }) => name,
    72,
  ),
);
/** Where tickets of several projects stand together. */
export const INBOX_COLUMNS_ACROSS = inboxColumns(
  column<TicketEntry>(
    'place',
    'Where',
    ({ project_id: project }) => project,
    ({ project_id: project, environment_name: name }) => (
      <>
        {project} <span className="quiet">/ {name ?? 'all'}</span>
      </>
    ),
    150,
  ),
);

/** A ticket on a phone. */
export const INBOX_CARD = [
  ['choose', 'title'],
  ['risk', 'priority', 'place'],
  ['status', 'by'],
];

function TicketStanding({ ticket }: { ticket: TicketEntry }) {
  if (ticket.status !== 'pending') return <TicketMark status={ticket.status} />;
  if (ticket.expires_at) return <Countdown to={ticket.expires_at} what="expires in" over="expired" />;
  return ticket.sla_due_at ? <Countdown to={ticket.sla_due_at} what="due in" over="overdue" /> : <TicketMark status="pending" />;
}
