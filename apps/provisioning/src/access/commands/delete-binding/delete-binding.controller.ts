import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { AccessChanged, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { DeleteBinding } from './delete-binding.command';

@Controller()
export class DeleteBindingController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('provisioning', 'delete-binding')
  async remove(
    @RpcBody() body: RpcRequest<'provisioning', 'delete-binding'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<AccessChanged>> {
    const { view, position } = await this.commands.execute(new DeleteBinding(body, caller));
    return answer(view, position);
  }
}
