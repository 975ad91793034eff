import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Page, RpcRequest, TicketEntry } from '@slipway/contracts';
import { Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ListTickets } from './list-tickets.query';

@Controller()
export class ListTicketsController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('approval-inbox', 'list-tickets')
  list(@RpcBody() body: RpcRequest<'approval-inbox', 'list-tickets'>, @Caller() caller: CallerContext): Promise<Answer<Page<TicketEntry>>> {
    return this.queries.execute(new ListTickets(body, caller));
  }
}
