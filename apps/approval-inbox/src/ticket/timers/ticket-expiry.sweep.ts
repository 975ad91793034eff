import { Injectable } from '@nestjs/common';
import { CommandRunner } from '@slipway/event-sourcing';
import type { ExpirySweep, Sql } from '@slipway/projections-typeorm';
import { Clock } from '@slipway/service-kit';
import { expireTicket } from '../domain/ticket.decider';
import { runTimer, ticketsDue } from './due-tickets';

const WAITING = `status = 'pending'`;

/** Expires tickets at their time. */
@Injectable()
export class TicketExpirySweep implements ExpirySweep {
  readonly name = 'ticket-expiry';

  constructor(
    private readonly runner: CommandRunner,
    private readonly clock: Clock,
  ) {}

  async nextDue(sql: Sql): Promise<Date | null> {
    const [row] = await sql.query<{ next: Date | null }>(`SELECT min(expires_at) AS next FROM approval_inbox_items WHERE ${WAITING}`);
    return row?.next ?? null;
  }

  due(sql: Sql, now: Date): Promise<readonly string[]> {
    return ticketsDue(sql, WAITING, 'expires_at', now);
  }

  expire(id: string): Promise<void> {
    return runTimer({ runner: this.runner, clock: this.clock, timer: this.name }, id, expireTicket);
  }
}
