import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { AccessChanged, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { CreateDelegate } from './create-delegate.command';

@Controller()
export class CreateDelegateController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('provisioning', 'create-delegate')
  async create(
    @RpcBody() body: RpcRequest<'provisioning', 'create-delegate'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<AccessChanged>> {
    const { view, position } = await this.commands.execute(new CreateDelegate(body, caller));
    return answer(view, position);
  }
}
