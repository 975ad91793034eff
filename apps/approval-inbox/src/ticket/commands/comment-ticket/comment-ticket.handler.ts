import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { requirePermissions } from '@slipway/contracts';
import { commentTicket } from '../../domain/collaboration.decider';
import { TicketDeciding, type Decided } from '../../ticket-deciding';
import { CommentTicket } from './comment-ticket.command';

/** Whoever may read a ticket may say something about it: the requester answers an approver's question here. */
@CommandHandler(CommentTicket)
export class CommentTicketHandler implements ICommandHandler<CommentTicket> {
  constructor(private readonly deciding: TicketDeciding) {}

  async execute({ request, caller }: CommentTicket): Promise<Decided> {
    requirePermissions(caller.principal, 'deploy:approval:read');
    return this.deciding.act(request, caller, (_now, ticket) => commentTicket(request.comment, ticket, request.id));
  }
}
