import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { GroupView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { CancelGroupCommand } from './cancel-group.command';

@Controller()
export class CancelGroupController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('release', 'cancel-group')
  async cancel(@RpcBody() body: RpcRequest<'release', 'cancel-group'>, @Caller() caller: CallerContext): Promise<Answer<GroupView>> {
    const { view, position } = await this.commands.execute(new CancelGroupCommand(body, caller));
    return answer(view, position);
  }
}
