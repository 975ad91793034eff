import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { TicketEntry } from '../api/client';
import { ticketCountsQuery, waitingQuery } from '../api/queries';
import { LinkButton } from '../display/link-button';
import { Actor, RiskMark } from '../display/marks';
import { Panel } from '../display/page';
import { Problem } from '../display/problem';
import { Countdown } from '../display/times';
import { useMay } from '../session/session';

/** The tickets that I can decide, most urgent first; that there is none, for who may decide; nothing for who may not. */
export function WaitingForMe({ project }: { project: string }) {
  const mayDecide = useMay('deploy:approval:review', { project });
  const waiting = useQuery({ ...waitingQuery(project), enabled: mayDecide });
  const counts = useQuery({ ...ticketCountsQuery({ project }), enabled: mayDecide });
  const { data: tickets, error, refetch } = waiting;
  if (error && !tickets) return <Problem error={error} what="What waits for you could not be loaded" onRetry={() => void refetch()} />;
  if (!tickets) return null;
  if (tickets.length === 0)
    return (
      <Text size="sm" c="var(--quiet)">
        Nothing waits for your decision.
      </Text>
    );
  return (
    <Panel
      title={`Waiting for you (${(counts.data?.decidable ?? tickets.length).toLocaleString()})`}
      aside={
        <LinkButton to="/inbox" size="compact-xs" variant="subtle">
          Open the inbox
        </LinkButton>
      }
      flush
    >
      <ul className="waiting">
        {tickets.map((ticket) => (
          <Waiting key={ticket.ticket_id} ticket={ticket} />
        ))}
      </ul>
    </Panel>
  );
}

const Waiting = ({ ticket }: { ticket: TicketEntry }) => (
  <li>
    <div>
      <Text size="sm" fw={600}>
        {ticket.title}
      </Text>
      <Text size="xs" c="var(--quiet)" component="div">
        <Actor id={ticket.requested_by} type={ticket.requested_by_type} />
      </Text>
    </div>
    <Group gap="xs">
      <RiskMark risk={ticket.risk} />
      {ticket.expires_at && <Countdown to={ticket.expires_at} what="expires in" over="expired" />}
      <LinkButton
        to="/inbox"
        search={{ ticket: ticket.ticket_id }}
        size="compact-sm"
        variant="light"
        aria-label={`Review: ${ticket.title}`}
      >
        Review
      </LinkButton>
    </Group>
  </li>
);
