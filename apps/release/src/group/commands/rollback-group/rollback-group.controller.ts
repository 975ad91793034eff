import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { GroupView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { RollbackGroupCommand } from './rollback-group.command';

@Controller()
export class RollbackGroupController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('release', 'rollback-group')
  async rollback(@RpcBody() body: RpcRequest<'release', 'rollback-group'>, @Caller() caller: CallerContext): Promise<Answer<GroupView>> {
    const { view, position } = await this.commands.execute(new RollbackGroupCommand(body, caller));
    return answer(view, position);
  }
}
