import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { RpcRequest, RpcResponse } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { GetSlotLogSession } from './get-slot-log-session.query';

@Controller()
export class GetSlotLogSessionController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('runtime-executor', 'get-slot-log-session')
  async get(
    @RpcBody() body: RpcRequest<'runtime-executor', 'get-slot-log-session'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<RpcResponse<'runtime-executor', 'get-slot-log-session'>>> {
    return answer(await this.queries.execute(new GetSlotLogSession(body, caller)));
  }
}
