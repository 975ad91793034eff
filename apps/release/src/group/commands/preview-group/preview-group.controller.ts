import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { GroupPreviewView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { PreviewGroupCommand } from './preview-group.command';

@Controller()
export class PreviewGroupController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('release', 'preview-group')
  async preview(
    @RpcBody() body: RpcRequest<'release', 'preview-group'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<GroupPreviewView>> {
    const { view, position } = await this.commands.execute(new PreviewGroupCommand(body, caller));
    return answer(view, position);
  }
}
