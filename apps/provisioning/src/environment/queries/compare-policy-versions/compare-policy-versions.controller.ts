import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { PolicyComparison, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ComparePolicyVersions } from './compare-policy-versions.query';

@Controller()
export class ComparePolicyVersionsController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('provisioning', 'compare-policy-versions')
  async compare(
    @RpcBody() body: RpcRequest<'provisioning', 'compare-policy-versions'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<PolicyComparison>> {
    return answer(await this.queries.execute(new ComparePolicyVersions(body, caller)));
  }
}
