import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { EnvironmentView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { GetEnvironment } from './get-environment.query';

@Controller()
export class GetEnvironmentController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('provisioning', 'get-environment')
  async get(
    @RpcBody() body: RpcRequest<'provisioning', 'get-environment'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<EnvironmentView>> {
    return answer(await this.queries.execute(new GetEnvironment(body, caller)));
  }
}
