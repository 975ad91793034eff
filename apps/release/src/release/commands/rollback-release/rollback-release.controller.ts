import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { ReleaseView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { RollbackReleaseCommand } from './rollback-release.command';

@Controller()
export class RollbackReleaseController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('release', 'rollback-release')
  async rollback(
    @RpcBody() body: RpcRequest<'release', 'rollback-release'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<ReleaseView>> {
    const { view, position } = await this.commands.execute(new RollbackReleaseCommand(body, caller));
    return answer(view, position);
  }
}
