import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { RpcRequest, TicketDetail } from '@slipway/contracts';
import { Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { GetTicket } from './get-ticket.query';

@Controller()
export class GetTicketController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('approval-inbox', 'get-ticket')
  get(@RpcBody() body: RpcRequest<'approval-inbox', 'get-ticket'>, @Caller() caller: CallerContext): Promise<Answer<TicketDetail>> {
    return this.queries.execute(new GetTicket(body, caller));
  }
}
