import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { EnvironmentView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { DeleteEnvironment } from './delete-environment.command';

@Controller()
export class DeleteEnvironmentController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('provisioning', 'delete-environment')
  async delete(
    @RpcBody() body: RpcRequest<'provisioning', 'delete-environment'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<EnvironmentView>> {
    const { view, position } = await this.commands.execute(new DeleteEnvironment(body, caller));
    return answer(view, position);
  }
}
