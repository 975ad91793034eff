import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { EnvironmentView, Page, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ListEnvironments } from './list-environments.query';

@Controller()
export class ListEnvironmentsController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('provisioning', 'list-environments')
  async list(
    @RpcBody() body: RpcRequest<'provisioning', 'list-environments'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<Page<EnvironmentView>>> {
    return answer(await this.queries.execute(new ListEnvironments(body, caller)));
  }
}
