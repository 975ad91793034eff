import type { NewApprovalEvent } from '@slipway/contracts';
import { timerContext, type CommandRunner } from '@slipway/event-sourcing';
import { RowSweep, type WaitingRows } from '@slipway/projections-typeorm';
import type { Clock } from '@slipway/service-kit';
import { TicketAggregate, type Ticket } from '../domain/ticket.state';
import { ticketRef } from '../ticket.references';

export const ticketsThatWait = (dueColumn: 'expires_at' | 'reminder_at' | 'sla_due_at', condition: string): WaitingRows => ({
  table: 'approval_inbox_items',
  idColumn: 'ticket_id',
  dueColumn,
  condition,
});

/** A timer of tickets; what it does to one is done once, however many replicas fire it. */
export abstract class TicketSweep extends RowSweep {
  protected abstract readonly decide: (now: string, ticket: Ticket) => NewApprovalEvent[];

  constructor(
    private readonly runner: CommandRunner,
    private readonly clock: Clock,
  ) {
    super();
  }

  protected async expireRow(projectId: string, ticketId: string): Promise<void> {
    const context = timerContext('approval-inbox', this.name, [projectId, ticketId], this.clock);
    await this.runner.run(TicketAggregate, ticketRef(projectId, ticketId), context, (ticket) => this.decide(context.now, ticket));
  }
}
