import { Injectable } from '@nestjs/common';
import { CommandRunner, timerContext } from '@slipway/event-sourcing';
import type { ExpirySweep, Sql } from '@slipway/projections-typeorm';
import { Clock } from '@slipway/service-kit';
import { expireTicket } from '../domain/ticket.decider';
import { TicketAggregate } from '../domain/ticket.state';
import { ticketRef } from '../ticket.references';

const AT_ONCE = 200;

/** Expires tickets at their time: ids are `<project>/<ticket>`. */
@Injectable()
export class TicketExpirySweep implements ExpirySweep {
  readonly name = 'ticket-expiry';

  constructor(
    private readonly runner: CommandRunner,
    private readonly clock: Clock,
  ) {}

  async nextDue(sql: Sql): Promise<Date | null> {
    const [row] = await sql.query<{ next: Date | null }>(
      `SELECT min(expires_at) AS next FROM approval_inbox_items WHERE status = 'pending'`,
    );
    return row?.next ?? null;
  }

  async due(sql: Sql, now: Date): Promise<readonly string[]> {
    const rows = await sql.query<{ id: string }>(
      `SELECT project_id || '/' || ticket_id AS id FROM approval_inbox_items
       WHERE status = 'pending' AND expires_at <= $1 ORDER BY expires_at LIMIT ${AT_ONCE}`,
      [now.toISOString()],
    );
    return rows.map(({ id }) => id);
  }

  async expire(id: string): Promise<void> {
    const [projectId = '', ticketId = ''] = id.split('/');
    const context = timerContext('approval-inbox', this.name, [projectId, ticketId], this.clock);
    await this.runner.run(TicketAggregate, ticketRef(projectId, ticketId), context, (ticket) => expireTicket(context.now, ticket));
  }
}
