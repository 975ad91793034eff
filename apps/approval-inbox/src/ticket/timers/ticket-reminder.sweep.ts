import { Injectable } from '@nestjs/common';
import { CommandRunner } from '@slipway/event-sourcing';
import { Clock } from '@slipway/service-kit';
import { remindOfTicket } from '../domain/collaboration.decider';
import { ticketsThatWait, TicketSweep } from './ticket.sweep';

/** Reminds of tickets that soon expire, once. */
@Injectable()
export class TicketReminderSweep extends TicketSweep {
  readonly name = 'ticket-reminder';
  protected readonly waiting = ticketsThatWait('reminder_at', `status = 'pending' AND NOT reminded AND reminder_at IS NOT NULL`);
  protected readonly decide = remindOfTicket;

  constructor(runner: CommandRunner, clock: Clock) {
    super(runner, clock);
  }
}
