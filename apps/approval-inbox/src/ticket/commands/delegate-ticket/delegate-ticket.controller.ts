import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { RpcRequest, TicketView } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { DelegateTicket } from './delegate-ticket.command';

@Controller()
export class DelegateTicketController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('approval-inbox', 'delegate-ticket')
  async delegate(
    @RpcBody() body: RpcRequest<'approval-inbox', 'delegate-ticket'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<TicketView>> {
    const { view, position } = await this.commands.execute(new DelegateTicket(body, caller));
    return answer(view, position);
  }
}
