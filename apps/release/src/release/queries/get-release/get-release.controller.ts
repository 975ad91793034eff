import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { ReleaseView, RpcRequest } from '@slipway/contracts';
import { Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { GetReleaseQuery } from './get-release.query';

@Controller()
export class GetReleaseController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('release', 'get-release')
  get(@RpcBody() body: RpcRequest<'release', 'get-release'>, @Caller() caller: CallerContext): Promise<Answer<ReleaseView>> {
    return this.queries.execute(new GetReleaseQuery(body, caller));
  }
}
