import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { ProjectView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { CreateProject } from './create-project.command';

@Controller()
export class CreateProjectController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('provisioning', 'create-project')
  async create(
    @RpcBody() body: RpcRequest<'provisioning', 'create-project'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<ProjectView>> {
    const { view, position } = await this.commands.execute(new CreateProject(body, caller));
    return answer(view, position);
  }
}
