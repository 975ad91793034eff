import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { RpcRequest, TicketView } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { RejectTicket } from './reject-ticket.command';

@Controller()
export class RejectTicketController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('approval-inbox', 'reject-ticket')
  async reject(
    @RpcBody() body: RpcRequest<'approval-inbox', 'reject-ticket'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<TicketView>> {
    const { view, position } = await this.commands.execute(new RejectTicket(body, caller));
    return answer(view, position);
  }
}
