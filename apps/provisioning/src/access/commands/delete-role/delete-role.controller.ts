import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { AccessChanged, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { DeleteRole } from './delete-role.command';

@Controller()
export class DeleteRoleController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('provisioning', 'delete-role')
  async remove(
    @RpcBody() body: RpcRequest<'provisioning', 'delete-role'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<AccessChanged>> {
    const { view, position } = await this.commands.execute(new DeleteRole(body, caller));
    return answer(view, position);
  }
}
