import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { RpcRequest, TargetUse } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { GetTargetUse } from './get-target-use.query';

@Controller()
export class GetTargetUseController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('runtime-executor', 'get-target-use')
  async get(
    @RpcBody() body: RpcRequest<'runtime-executor', 'get-target-use'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<TargetUse>> {
    return answer(await this.queries.execute(new GetTargetUse(body, caller)));
  }
}
