import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { requirePermissions } from '@slipway/contracts';
import { assignTicket } from '../../domain/collaboration.decider';
import { TicketDeciding, type Decided } from '../../ticket-deciding';
import { AssignTicket } from './assign-ticket.command';

@CommandHandler(AssignTicket)
export class AssignTicketHandler implements ICommandHandler<AssignTicket> {
  constructor(private readonly deciding: TicketDeciding) {}

  async execute({ request, caller }: AssignTicket): Promise<Decided> {
    requirePermissions(caller.principal, 'deploy:approval:review');
    const { id, assignee, comment } = request;
    return this.deciding.act(request, caller, (now, ticket) => assignTicket({ by: caller.principal, now, assignee, comment }, ticket, id));
  }
}
