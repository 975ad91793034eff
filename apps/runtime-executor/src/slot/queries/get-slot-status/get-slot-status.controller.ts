import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { RpcRequest, SlotStatusView } from '@slipway/contracts';
import { Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { GetSlotStatus } from './get-slot-status.query';

@Controller()
export class GetSlotStatusController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('runtime-executor', 'get-slot-status')
  get(
    @RpcBody() body: RpcRequest<'runtime-executor', 'get-slot-status'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<SlotStatusView>> {
    return this.queries.execute(new GetSlotStatus(body, caller));
  }
}
