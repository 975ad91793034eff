import { Injectable } from '@nestjs/common';
import { CommandRunner } from '@slipway/event-sourcing';
import type { ExpirySweep, Sql } from '@slipway/projections-typeorm';
import { Clock } from '@slipway/service-kit';
import { remindOfTicket } from '../domain/collaboration.decider';
import { runTimer, ticketsDue } from './due-tickets';

const WAITING = `status = 'pending' AND NOT reminded AND reminder_at IS NOT NULL`;

/** Reminds of tickets that soon expire, once. */
@Injectable()
export class TicketReminderSweep implements ExpirySweep {
  readonly name = 'ticket-reminder';

  constructor(
    private readonly runner: CommandRunner,
    private readonly clock: Clock,
  ) {}

  async nextDue(sql: Sql): Promise<Date | null> {
    const [row] = await sql.query<{ next: Date | null }>(`SELECT min(reminder_at) AS next FROM approval_inbox_items WHERE ${WAITING}`);
    return row?.next ?? null;
  }

  due(sql: Sql, now: Date): Promise<readonly string[]> {
    return ticketsDue(sql, WAITING, 'reminder_at', now);
  }

  expire(id: string): Promise<void> {
    return runTimer({ runner: this.runner, clock: this.clock, timer: this.name }, id, remindOfTicket);
  }
}
