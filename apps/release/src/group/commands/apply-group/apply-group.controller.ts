import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { GroupView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ApplyGroupCommand } from './apply-group.command';

@Controller()
export class ApplyGroupController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('release', 'apply-group')
  async apply(@RpcBody() body: RpcRequest<'release', 'apply-group'>, @Caller() caller: CallerContext): Promise<Answer<GroupView>> {
    const { view, position } = await this.commands.execute(new ApplyGroupCommand(body, caller));
    return answer(view, position);
  }
}
