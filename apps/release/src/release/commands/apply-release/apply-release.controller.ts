import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { ReleaseView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ApplyReleaseCommand } from './apply-release.command';

@Controller()
export class ApplyReleaseController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('release', 'apply-release')
  async apply(@RpcBody() body: RpcRequest<'release', 'apply-release'>, @Caller() caller: CallerContext): Promise<Answer<ReleaseView>> {
    const { view, position } = await this.commands.execute(new ApplyReleaseCommand(body, caller));
    return answer(view, position);
  }
}
