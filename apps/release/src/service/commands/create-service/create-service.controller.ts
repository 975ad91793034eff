import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { ServiceView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { CreateServiceCommand } from './create-service.command';

@Controller()
export class CreateServiceController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('release', 'create-service')
  async create(@RpcBody() body: RpcRequest<'release', 'create-service'>, @Caller() caller: CallerContext): Promise<Answer<ServiceView>> {
    const { view, position } = await this.commands.execute(new CreateServiceCommand(body, caller));
    return answer(view, position);
  }
}
