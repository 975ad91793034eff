import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { RpcRequest, TargetView } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { UpdateTarget } from './update-target.command';

@Controller()
export class UpdateTargetController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('provisioning', 'update-target')
  async update(@RpcBody() body: RpcRequest<'provisioning', 'update-target'>, @Caller() caller: CallerContext): Promise<Answer<TargetView>> {
    const { view, position } = await this.commands.execute(new UpdateTarget(body, caller));
    return answer(view, position);
  }
}
