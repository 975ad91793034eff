import { Injectable } from '@nestjs/common';
import { CommandRunner } from '@slipway/event-sourcing';
import { Clock } from '@slipway/service-kit';
import { escalateTicket } from '../domain/collaboration.decider';
import { ticketsThatWait, TicketSweep } from './ticket.sweep';

/** Escalates tickets that nobody answered in time, once. */
@Injectable()
export class TicketEscalationSweep extends TicketSweep {
  readonly name = 'ticket-escalation';
  protected readonly waiting = ticketsThatWait('sla_due_at', `status = 'pending' AND escalated_at IS NULL AND sla_due_at IS NOT NULL`);
  protected readonly decide = escalateTicket;

  constructor(runner: CommandRunner, clock: Clock) {
    super(runner, clock);
  }
}
