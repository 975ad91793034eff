import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { RpcRequest, TicketView } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { AssignTicket } from './assign-ticket.command';

@Controller()
export class AssignTicketController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('approval-inbox', 'assign-ticket')
  async assign(
    @RpcBody() body: RpcRequest<'approval-inbox', 'assign-ticket'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<TicketView>> {
    const { view, position } = await this.commands.execute(new AssignTicket(body, caller));
    return answer(view, position);
  }
}
