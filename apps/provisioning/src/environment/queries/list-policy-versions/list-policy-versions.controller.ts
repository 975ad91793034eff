import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Page, PolicyVersion, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ListPolicyVersions } from './list-policy-versions.query';

@Controller()
export class ListPolicyVersionsController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('provisioning', 'list-policy-versions')
  async list(
    @RpcBody() body: RpcRequest<'provisioning', 'list-policy-versions'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<Page<PolicyVersion>>> {
    return answer(await this.queries.execute(new ListPolicyVersions(body, caller)));
  }
}
