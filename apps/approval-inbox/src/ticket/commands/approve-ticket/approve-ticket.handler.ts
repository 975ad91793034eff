import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { approveTicket } from '../../domain/ticket.decider';
import { TicketDeciding, type Decided } from '../../ticket-deciding';
import { ApproveTicket } from './approve-ticket.command';

@CommandHandler(ApproveTicket)
export class ApproveTicketHandler implements ICommandHandler<ApproveTicket> {
  constructor(private readonly deciding: TicketDeciding) {}

  execute({ request, caller }: ApproveTicket): Promise<Decided> {
    return this.deciding.approve(request, caller, approveTicket);
  }
}
