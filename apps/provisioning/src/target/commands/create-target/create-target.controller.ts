import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { RpcRequest, TargetView } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { CreateTarget } from './create-target.command';

@Controller()
export class CreateTargetController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('provisioning', 'create-target')
  async create(@RpcBody() body: RpcRequest<'provisioning', 'create-target'>, @Caller() caller: CallerContext): Promise<Answer<TargetView>> {
    const { view, position } = await this.commands.execute(new CreateTarget(body, caller));
    return answer(view, position);
  }
}
