import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { RpcRequest, SlotLogsView } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { GetSlotLogs } from './get-slot-logs.query';

@Controller()
export class GetSlotLogsController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('runtime-executor', 'get-slot-logs')
  async get(
    @RpcBody() body: RpcRequest<'runtime-executor', 'get-slot-logs'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<SlotLogsView>> {
    return answer(await this.queries.execute(new GetSlotLogs(body, caller)));
  }
}
