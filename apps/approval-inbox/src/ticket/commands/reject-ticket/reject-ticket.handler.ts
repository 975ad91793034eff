import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { rejectTicket } from '../../domain/ticket.decider';
import { TicketDeciding, type Decided } from '../../ticket-deciding';
import { RejectTicket } from './reject-ticket.command';

@CommandHandler(RejectTicket)
export class RejectTicketHandler implements ICommandHandler<RejectTicket> {
  constructor(private readonly deciding: TicketDeciding) {}

  execute({ request, caller }: RejectTicket): Promise<Decided> {
    return this.deciding.decide(request, caller, rejectTicket);
  }
}
