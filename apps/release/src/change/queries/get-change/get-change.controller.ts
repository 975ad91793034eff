import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { ChangeView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { GetChangeQuery } from './get-change.query';

@Controller()
export class GetChangeController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('release', 'get-change')
  async get(@RpcBody() body: RpcRequest<'release', 'get-change'>, @Caller() caller: CallerContext): Promise<Answer<ChangeView>> {
    return answer(await this.queries.execute(new GetChangeQuery(body, caller)));
  }
}
