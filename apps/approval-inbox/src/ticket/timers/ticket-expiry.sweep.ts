import { Injectable } from '@nestjs/common';
import { CommandRunner } from '@slipway/event-sourcing';
import { Clock } from '@slipway/service-kit';
import { expireTicket } from '../domain/ticket.decider';
import { ticketsThatWait, TicketSweep } from './ticket.sweep';

/** Expires tickets at their time. */
@Injectable()
export class TicketExpirySweep extends TicketSweep {
  readonly name = 'ticket-expiry';
  protected readonly waiting = ticketsThatWait('expires_at', `status = 'pending'`);
  protected readonly decide = expireTicket;

  constructor(runner: CommandRunner, clock: Clock) {
    super(runner, clock);
  }
}
