import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { AccessChanged, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { CreateBinding } from './create-binding.command';

@Controller()
export class CreateBindingController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('provisioning', 'create-binding')
  async create(
    @RpcBody() body: RpcRequest<'provisioning', 'create-binding'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<AccessChanged>> {
    const { view, position } = await this.commands.execute(new CreateBinding(body, caller));
    return answer(view, position);
  }
}
