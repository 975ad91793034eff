import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { ProjectView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { UpdateProject } from './update-project.command';

@Controller()
export class UpdateProjectController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('provisioning', 'update-project')
  async update(
    @RpcBody() body: RpcRequest<'provisioning', 'update-project'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<ProjectView>> {
    const { view, position } = await this.commands.execute(new UpdateProject(body, caller));
    return answer(view, position);
  }
}
