import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Page, ReleaseView, RpcRequest } from '@slipway/contracts';
import { Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ListReleasesQuery } from './list-releases.query';

@Controller()
export class ListReleasesController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('release', 'list-releases')
  list(@RpcBody() body: RpcRequest<'release', 'list-releases'>, @Caller() caller: CallerContext): Promise<Answer<Page<ReleaseView>>> {
    return this.queries.execute(new ListReleasesQuery(body, caller));
  }
}
