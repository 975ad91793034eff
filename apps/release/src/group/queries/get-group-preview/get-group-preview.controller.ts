import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { GroupPreviewView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { GetGroupPreviewQuery } from './get-group-preview.query';

@Controller()
export class GetGroupPreviewController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('release', 'get-group-preview')
  async get(
    @RpcBody() body: RpcRequest<'release', 'get-group-preview'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<GroupPreviewView>> {
    return answer(await this.queries.execute(new GetGroupPreviewQuery(body, caller)));
  }
}
