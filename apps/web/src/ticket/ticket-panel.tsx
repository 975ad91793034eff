import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { TicketView } from '../api/client';
import { ticketQuery } from '../api/queries';
import { Actor, TicketMark, ToneMark } from '../display/marks';
import { Panel, Rows } from '../display/page';
import { Problem } from '../display/problem';
import { Countdown, Moment } from '../display/times';
import { TicketDecision } from './ticket-decision';
import './ticket.css';

const SAYS = {
  opened: 'opened the ticket',
  reviewed: 'approved',
  approved: 'approved',
  rejected: 'rejected',
  expired: 'expired',
  voided: 'voided',
  assigned: 'assigned it',
  delegated: 'handed it on',
  commented: 'commented',
  reminded: 'reminded',
  escalated: 'escalated it',
} as const satisfies Record<TicketView['actions'][number]['action'], string>;

const BEFORE_PEOPLE: Partial<Record<keyof typeof SAYS, string>> = {
  commented: 'to',
  reviewed: 'in place of',
  approved: 'in place of',
};

/** A ticket on a release's page: where it stands, what was said, and the decision where it is mine. */
export function TicketPanel({ id }: { id: string }) {
  const { data: ticket, error, refetch } = useQuery(ticketQuery(id));
  return (
    <Panel
      title="Approval ticket"
      aside={
        <Link to="/inbox" search={{ ticket: id, tab: 'all' }} className="panel-link">
          Open in the inbox
        </Link>
      }
    >
      {ticket ? (
        <Stack gap="sm">
          <Text size="sm" fw={600}>
            {ticket.title}
          </Text>
          <Group gap="xs">
            <TicketMark status={ticket.status} />
            <ToneMark tone="neutral">{ticket.priority}</ToneMark>
            <Text size="sm">
              {ticket.approvals} of {ticket.quorum} {ticket.quorum === 1 ? 'approval' : 'approvals'}
            </Text>
            {ticket.status === 'pending' && ticket.expires_at && <Countdown to={ticket.expires_at} what="expires in" over="expired" />}
          </Group>
          <TicketActions actions={ticket.actions} />
          <TicketDecision ticket={ticket} />
        </Stack>
      ) : error ? (
        <Problem error={error} onRetry={() => void refetch()} />
      ) : (
        <Rows count={2} />
      )}
    </Panel>
  );
}

/** Who did what to a ticket, with their comments. */
export const TicketActions = ({ actions }: { actions: TicketView['actions'] }) => (
  <ol className="ticket-actions">
    {actions.map(({ action, actor_id: id, actor_type: type, comment, people, at }) => (
      <li key={`${action}${at}${id}`}>
        <span>
          <Actor id={id} type={type} /> {SAYS[action]}
          {people.length > 0 && ` ${BEFORE_PEOPLE[action] ?? '→'} ${people.join(', ')}`} <span className="quiet">· </span>
          <span className="quiet">
            <Moment at={at} relative />
          </span>
        </span>
        {comment && <blockquote>{comment}</blockquote>}
      </li>
    ))}
  </ol>
);
