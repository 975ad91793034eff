import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Page, ProjectView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ListProjects } from './list-projects.query';

@Controller()
export class ListProjectsController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('provisioning', 'list-projects')
  async list(
    @RpcBody() body: RpcRequest<'provisioning', 'list-projects'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<Page<ProjectView>>> {
    return answer(await this.queries.execute(new ListProjects(body, caller)));
  }
}
