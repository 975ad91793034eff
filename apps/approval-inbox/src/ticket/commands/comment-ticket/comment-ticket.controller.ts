import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { RpcRequest, TicketView } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { CommentTicket } from './comment-ticket.command';

@Controller()
export class CommentTicketController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('approval-inbox', 'comment-ticket')
  async comment(
    @RpcBody() body: RpcRequest<'approval-inbox', 'comment-ticket'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<TicketView>> {
    const { view, position } = await this.commands.execute(new CommentTicket(body, caller));
    return answer(view, position);
  }
}
