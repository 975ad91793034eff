import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { AccessChanged, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { EnableAccount } from './enable-account.command';

@Controller()
export class EnableAccountController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('provisioning', 'enable-account')
  async enable(
    @RpcBody() body: RpcRequest<'provisioning', 'enable-account'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<AccessChanged>> {
    const { view, position } = await this.commands.execute(new EnableAccount(body, caller));
    return answer(view, position);
  }
}
