import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { AccessChanged, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { DefineRole } from './define-role.command';

@Controller()
export class DefineRoleController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('provisioning', 'define-role')
  async define(
    @RpcBody() body: RpcRequest<'provisioning', 'define-role'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<AccessChanged>> {
    const { view, position } = await this.commands.execute(new DefineRole(body, caller));
    return answer(view, position);
  }
}
