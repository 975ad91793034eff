import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { ReleaseView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { GetReleaseQuery } from './get-release.query';

@Controller()
export class GetReleaseController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('release', 'get-release')
  async get(@RpcBody() body: RpcRequest<'release', 'get-release'>, @Caller() caller: CallerContext): Promise<Answer<ReleaseView>> {
    return answer(await this.queries.execute(new GetReleaseQuery(body, caller)));
  }
}
