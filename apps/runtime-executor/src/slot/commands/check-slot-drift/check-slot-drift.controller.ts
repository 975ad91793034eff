import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { RpcRequest, SlotStatusView } from '@slipway/contracts';
import { Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { CheckSlotDrift } from './check-slot-drift.handler';

@Controller()
export class CheckSlotDriftController {
  constructor(private readonly bus: CommandBus) {}

  @Rpc('runtime-executor', 'check-slot-drift')
  run(
    @RpcBody() body: RpcRequest<'runtime-executor', 'check-slot-drift'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<SlotStatusView>> {
    return this.bus.execute(new CheckSlotDrift(body, caller));
  }
}
