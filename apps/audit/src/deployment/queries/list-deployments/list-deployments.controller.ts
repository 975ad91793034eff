import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { DeploymentRecord, Page, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ListDeployments } from './list-deployments.query';

@Controller()
export class ListDeploymentsController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('audit', 'list-deployments')
  async list(
    @RpcBody() body: RpcRequest<'audit', 'list-deployments'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<Page<DeploymentRecord>>> {
    return answer(await this.queries.execute(new ListDeployments(body, caller)));
  }
}
