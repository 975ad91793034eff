import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { ArtifactView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { GetArtifactQuery } from './get-artifact.query';

@Controller()
export class GetArtifactController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('release', 'get-artifact')
  async get(@RpcBody() body: RpcRequest<'release', 'get-artifact'>, @Caller() caller: CallerContext): Promise<Answer<ArtifactView>> {
    return answer(await this.queries.execute(new GetArtifactQuery(body, caller)));
  }
}
