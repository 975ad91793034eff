import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { ServiceView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { UpdateServiceCommand } from './update-service.command';

@Controller()
export class UpdateServiceController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('release', 'update-service')
  async update(@RpcBody() body: RpcRequest<'release', 'update-service'>, @Caller() caller: CallerContext): Promise<Answer<ServiceView>> {
    const { view, position } = await this.commands.execute(new UpdateServiceCommand(body, caller));
    return answer(view, position);
  }
}
