import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { RpcRequest, TicketCounts } from '@slipway/contracts';
import { Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { CountTickets } from './count-tickets.query';

@Controller()
export class CountTicketsController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('approval-inbox', 'count-tickets')
  count(@RpcBody() body: RpcRequest<'approval-inbox', 'count-tickets'>, @Caller() caller: CallerContext): Promise<Answer<TicketCounts>> {
    return this.queries.execute(new CountTickets(body, caller));
  }
}
