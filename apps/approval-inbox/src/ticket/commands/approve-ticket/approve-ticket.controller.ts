import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { RpcRequest, TicketView } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ApproveTicket } from './approve-ticket.command';

@Controller()
export class ApproveTicketController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('approval-inbox', 'approve-ticket')
  async approve(
    @RpcBody() body: RpcRequest<'approval-inbox', 'approve-ticket'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<TicketView>> {
    const { view, position } = await this.commands.execute(new ApproveTicket(body, caller));
    return answer(view, position);
  }
}
