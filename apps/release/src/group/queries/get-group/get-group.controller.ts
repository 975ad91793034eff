import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { GroupView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { GetGroupQuery } from './get-group.query';

@Controller()
export class GetGroupController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('release', 'get-group')
  async get(@RpcBody() body: RpcRequest<'release', 'get-group'>, @Caller() caller: CallerContext): Promise<Answer<GroupView>> {
    return answer(await this.queries.execute(new GetGroupQuery(body, caller)));
  }
}
