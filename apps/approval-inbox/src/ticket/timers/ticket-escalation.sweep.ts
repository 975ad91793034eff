import { Injectable } from '@nestjs/common';
import { CommandRunner } from '@slipway/event-sourcing';
import type { ExpirySweep, Sql } from '@slipway/projections-typeorm';
import { Clock } from '@slipway/service-kit';
import { escalateTicket } from '../domain/collaboration.decider';
import { runTimer, ticketsDue } from './due-tickets';

const WAITING = `status = 'pending' AND escalated_at IS NULL AND sla_due_at IS NOT NULL`;

/** Escalates tickets that nobody answered in time, once. */
@Injectable()
export class TicketEscalationSweep implements ExpirySweep {
  readonly name = 'ticket-escalation';

  constructor(
    private readonly runner: CommandRunner,
    private readonly clock: Clock,
  ) {}

  async nextDue(sql: Sql): Promise<Date | null> {
    const [row] = await sql.query<{ next: Date | null }>(`SELECT min(sla_due_at) AS next FROM approval_inbox_items WHERE ${WAITING}`);
    return row?.next ?? null;
  }

  due(sql: Sql, now: Date): Promise<readonly string[]> {
    return ticketsDue(sql, WAITING, 'sla_due_at', now);
  }

  expire(id: string): Promise<void> {
    return runTimer({ runner: this.runner, clock: this.clock, timer: this.name }, id, escalateTicket);
  }
}
