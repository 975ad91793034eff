import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { ArtifactView, Page, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ListArtifactsQuery } from './list-artifacts.query';

@Controller()
export class ListArtifactsController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('release', 'list-artifacts')
  async list(
    @RpcBody() body: RpcRequest<'release', 'list-artifacts'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<Page<ArtifactView>>> {
    return answer(await this.queries.execute(new ListArtifactsQuery(body, caller)));
  }
}
