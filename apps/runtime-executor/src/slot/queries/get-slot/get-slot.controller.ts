import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { RpcRequest, SlotView } from '@slipway/contracts';
import { Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { GetSlot } from './get-slot.query';

@Controller()
export class GetSlotController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('runtime-executor', 'get-slot')
  get(@RpcBody() body: RpcRequest<'runtime-executor', 'get-slot'>, @Caller() caller: CallerContext): Promise<Answer<SlotView>> {
    return this.queries.execute(new GetSlot(body, caller));
  }
}
