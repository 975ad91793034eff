import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { NotificationSettings, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ConfirmContact } from './confirm-contact.command';

@Controller()
export class ConfirmContactController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('audit', 'confirm-contact')
  async confirm(
    @RpcBody() body: RpcRequest<'audit', 'confirm-contact'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<NotificationSettings>> {
    const { view, position } = await this.commands.execute(new ConfirmContact(body, caller));
    return answer(view, position);
  }
}
