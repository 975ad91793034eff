import type { NewApprovalEvent } from '@slipway/contracts';
import { timerContext, type CommandRunner } from '@slipway/event-sourcing';
import type { Sql } from '@slipway/projections-typeorm';
import type { Clock } from '@slipway/service-kit';
import { TicketAggregate, type Ticket } from '../domain/ticket.state';
import { ticketRef } from '../ticket.references';

const AT_ONCE = 200;

/** Tickets that wait for a timer whose time has come, the longest overdue first: `<project>/<ticket>`. */
export async function ticketsDue(
  sql: Sql,
  waiting: string,
  column: 'expires_at' | 'reminder_at' | 'sla_due_at',
  now: Date,
): Promise<readonly string[]> {
  const rows = await sql.query<{ id: string }>(
    `SELECT project_id || '/' || ticket_id AS id FROM approval_inbox_items
     WHERE ${waiting} AND ${column} <= $1 ORDER BY ${column} LIMIT ${AT_ONCE}`,
    [now.toISOString()],
  );
  return rows.map(({ id }) => id);
}

interface Timer {
  readonly runner: CommandRunner;
  readonly clock: Clock;
  readonly timer: string;
}

/** What a timer does to a ticket, once however many replicas fire it. */
export async function runTimer(
  { runner, clock, timer }: Timer,
  id: string,
  decide: (now: string, ticket: Ticket) => NewApprovalEvent[],
): Promise<void> {
  const [projectId = '', ticketId = ''] = id.split('/');
  const context = timerContext('approval-inbox', timer, [projectId, ticketId], clock);
  await runner.run(TicketAggregate, ticketRef(projectId, ticketId), context, (ticket) => decide(context.now, ticket));
}
