import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { PreviewView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { GetPreviewQuery } from './get-preview.query';

@Controller()
export class GetPreviewController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('release', 'get-preview')
  async get(@RpcBody() body: RpcRequest<'release', 'get-preview'>, @Caller() caller: CallerContext): Promise<Answer<PreviewView>> {
    return answer(await this.queries.execute(new GetPreviewQuery(body, caller)));
  }
}
