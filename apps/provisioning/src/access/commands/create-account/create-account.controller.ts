import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { AccessChanged, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { CreateAccount } from './create-account.command';

@Controller()
export class CreateAccountController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('provisioning', 'create-account')
  async create(
    @RpcBody() body: RpcRequest<'provisioning', 'create-account'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<AccessChanged>> {
    const { view, position } = await this.commands.execute(new CreateAccount(body, caller));
    return answer(view, position);
  }
}
