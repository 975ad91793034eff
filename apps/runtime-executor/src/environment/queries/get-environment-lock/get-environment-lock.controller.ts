import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { EnvironmentLockView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { GetEnvironmentLock } from './get-environment-lock.query';

@Controller()
export class GetEnvironmentLockController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('runtime-executor', 'get-environment-lock')
  async get(
    @RpcBody() body: RpcRequest<'runtime-executor', 'get-environment-lock'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<EnvironmentLockView>> {
    return answer(await this.queries.execute(new GetEnvironmentLock(body.environment, caller)));
  }
}
