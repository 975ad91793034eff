import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { AccessChanged, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { DisableAccount } from './disable-account.command';

@Controller()
export class DisableAccountController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('provisioning', 'disable-account')
  async disable(
    @RpcBody() body: RpcRequest<'provisioning', 'disable-account'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<AccessChanged>> {
    const { view, position } = await this.commands.execute(new DisableAccount(body, caller));
    return answer(view, position);
  }
}
