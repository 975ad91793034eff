import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { ReleaseView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ResumeReleaseCommand } from './resume-release.command';

@Controller()
export class ResumeReleaseController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('release', 'resume-release')
  async resume(@RpcBody() body: RpcRequest<'release', 'resume-release'>, @Caller() caller: CallerContext): Promise<Answer<ReleaseView>> {
    const { view, position } = await this.commands.execute(new ResumeReleaseCommand(body, caller));
    return answer(view, position);
  }
}
