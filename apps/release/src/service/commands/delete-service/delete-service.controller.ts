import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { ServiceView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { DeleteServiceCommand } from './delete-service.command';

@Controller()
export class DeleteServiceController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('release', 'delete-service')
  async delete(@RpcBody() body: RpcRequest<'release', 'delete-service'>, @Caller() caller: CallerContext): Promise<Answer<ServiceView>> {
    const { view, position } = await this.commands.execute(new DeleteServiceCommand(body, caller));
    return answer(view, position);
  }
}
