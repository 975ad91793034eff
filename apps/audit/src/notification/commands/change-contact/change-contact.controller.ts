import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { NotificationSettings, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ChangeContact } from './change-contact.command';

@Controller()
export class ChangeContactController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('audit', 'change-contact')
  async change(
    @RpcBody() body: RpcRequest<'audit', 'change-contact'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<NotificationSettings>> {
    const { view, position } = await this.commands.execute(new ChangeContact(body, caller));
    return answer(view, position);
  }
}
