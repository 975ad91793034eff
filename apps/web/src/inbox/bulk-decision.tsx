import { Button, Group } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { TicketEntry } from '../api/client';
import type { Chosen } from './chosen';
import { DecideTogether } from './decide-together';

/** As many are chosen at once at most; the list gives so many at a time. */
const MOST_TOGETHER = 200;

/** What can be done with several tickets at once: choose those of low risk, and decide what is chosen. */
export function BulkDecision({ rows, chosen }: { rows: readonly TicketEntry[]; chosen: Chosen }) {
  const [asked, setAsked] = useState<readonly TicketEntry[]>();
  const { ids, choose, mayChoose } = chosen;
  const possible = useMemo(() => rows.slice(0, MOST_TOGETHER).filter(mayChoose), [rows, mayChoose]);
  const tickets = useMemo(() => rows.filter((ticket) => ids.has(ticket.ticket_id) && mayChoose(ticket)), [rows, ids, mayChoose]);
  return (
    <Group gap={6}>
      {possible.length > 1 && tickets.length < possible.length && (
        <Button size="compact-sm" variant="subtle" onClick={() => choose(possible.map(({ ticket_id: id }) => id))}>
          Choose all {possible.length} of low risk
        </Button>
      )}
      {tickets.length > 0 && (
        <Button size="compact-sm" onClick={() => setAsked(tickets)}>
          Decide {tickets.length} of low risk
        </Button>
      )}
      {asked && <DecideTogether asked={asked} onDone={() => choose([])} onClose={() => setAsked(undefined)} />}
    </Group>
  );
}
