import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { DeploymentRecord, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { GetDeployment } from './get-deployment.query';

@Controller()
export class GetDeploymentController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('audit', 'get-deployment')
  async get(@RpcBody() body: RpcRequest<'audit', 'get-deployment'>, @Caller() caller: CallerContext): Promise<Answer<DeploymentRecord>> {
    return answer(await this.queries.execute(new GetDeployment(body, caller)));
  }
}
