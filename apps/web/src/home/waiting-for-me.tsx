import { Group, Text } from '@mantine/core';
import type { TicketView } from '../api/client';
import { LinkButton } from '../display/link-button';
import { Actor, RiskMark } from '../display/marks';
import { Panel } from '../display/page';
import { Countdown } from '../display/times';

/** The tickets that I can decide, most urgent first. */
export function WaitingForMe({ tickets, count }: { tickets: readonly TicketView[]; count: number }) {
  return (
    <Panel
      title={`Waiting for you (${count.toLocaleString()})`}
      aside={
        <LinkButton to="/inbox" size="compact-xs" variant="subtle">
          Open the inbox
        </LinkButton>
      }
      flush
    >
      <ul className="waiting">
        {tickets.map((ticket) => (
          <li key={ticket.ticket_id}>
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
              <LinkButton to="/inbox" search={{ ticket: ticket.ticket_id }} size="compact-sm" variant="light">
                Review
              </LinkButton>
            </Group>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
