import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { EnvironmentView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { UpdateEnvironment } from './update-environment.command';

@Controller()
export class UpdateEnvironmentController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('provisioning', 'update-environment')
  async update(
    @RpcBody() body: RpcRequest<'provisioning', 'update-environment'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<EnvironmentView>> {
    const { view, position } = await this.commands.execute(new UpdateEnvironment(body, caller));
    return answer(view, position);
  }
}
