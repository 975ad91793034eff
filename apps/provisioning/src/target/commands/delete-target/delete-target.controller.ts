import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { RpcRequest, TargetView } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { DeleteTarget } from './delete-target.command';

@Controller()
export class DeleteTargetController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('provisioning', 'delete-target')
  async delete(@RpcBody() body: RpcRequest<'provisioning', 'delete-target'>, @Caller() caller: CallerContext): Promise<Answer<TargetView>> {
    const { view, position } = await this.commands.execute(new DeleteTarget(body, caller));
    return answer(view, position);
  }
}
