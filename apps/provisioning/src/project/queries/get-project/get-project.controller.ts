import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { ProjectView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { GetProject } from './get-project.query';

@Controller()
export class GetProjectController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('provisioning', 'get-project')
  async get(@RpcBody() body: RpcRequest<'provisioning', 'get-project'>, @Caller() caller: CallerContext): Promise<Answer<ProjectView>> {
    return answer(await this.queries.execute(new GetProject(body, caller)));
  }
}
