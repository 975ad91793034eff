import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { EnvironmentView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { CreateEnvironment } from './create-environment.command';

@Controller()
export class CreateEnvironmentController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('provisioning', 'create-environment')
  async create(
    @RpcBody() body: RpcRequest<'provisioning', 'create-environment'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<EnvironmentView>> {
    const { view, position } = await this.commands.execute(new CreateEnvironment(body, caller));
    return answer(view, position);
  }
}
