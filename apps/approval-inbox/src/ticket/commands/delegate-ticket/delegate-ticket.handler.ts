import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { requirePermissions } from '@slipway/contracts';
import { delegateTicket } from '../../domain/collaboration.decider';
import { TicketDeciding, type Decided } from '../../ticket-deciding';
import { DelegateTicket } from './delegate-ticket.command';

@CommandHandler(DelegateTicket)
export class DelegateTicketHandler implements ICommandHandler<DelegateTicket> {
  constructor(private readonly deciding: TicketDeciding) {}

  async execute({ request, caller }: DelegateTicket): Promise<Decided> {
    requirePermissions(caller.principal, 'deploy:approval:review');
    const { id, to, comment } = request;
    return this.deciding.act(request, caller, (now, ticket) => delegateTicket({ by: caller.principal, now, to, comment }, ticket, id));
  }
}
