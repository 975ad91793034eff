import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { ReleaseView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { CancelReleaseCommand } from './cancel-release.command';

@Controller()
export class CancelReleaseController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('release', 'cancel-release')
  async cancel(@RpcBody() body: RpcRequest<'release', 'cancel-release'>, @Caller() caller: CallerContext): Promise<Answer<ReleaseView>> {
    const { view, position } = await this.commands.execute(new CancelReleaseCommand(body, caller));
    return answer(view, position);
  }
}
