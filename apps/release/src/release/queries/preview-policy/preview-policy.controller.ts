import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { PolicyPreview, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { PreviewPolicyQuery } from './preview-policy.query';

@Controller()
export class PreviewPolicyController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('release', 'preview-policy')
  async preview(@RpcBody() body: RpcRequest<'release', 'preview-policy'>, @Caller() caller: CallerContext): Promise<Answer<PolicyPreview>> {
    return answer(await this.queries.execute(new PreviewPolicyQuery(body, caller)));
  }
}
