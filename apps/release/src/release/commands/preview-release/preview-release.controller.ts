import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { PreviewView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { PreviewReleaseCommand } from './preview-release.command';

@Controller()
export class PreviewReleaseController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('release', 'preview-release')
  async preview(@RpcBody() body: RpcRequest<'release', 'preview-release'>, @Caller() caller: CallerContext): Promise<Answer<PreviewView>> {
    const { view, position } = await this.commands.execute(new PreviewReleaseCommand(body, caller));
    return answer(view, position);
  }
}
