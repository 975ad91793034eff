import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { ReleasePlan, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { PlanRelease } from './plan-release.query';

@Controller()
export class PlanReleaseController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('runtime-executor', 'plan-release')
  async plan(
    @RpcBody() body: RpcRequest<'runtime-executor', 'plan-release'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<ReleasePlan>> {
    return answer(await this.queries.execute(new PlanRelease(body, caller)));
  }
}
