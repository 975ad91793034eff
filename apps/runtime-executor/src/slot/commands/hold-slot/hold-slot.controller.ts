import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { RpcRequest, SlotView } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { HoldSlot } from './hold-slot.command';

@Controller()
export class HoldSlotController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('runtime-executor', 'hold-slot')
  async hold(@RpcBody() body: RpcRequest<'runtime-executor', 'hold-slot'>, @Caller() caller: CallerContext): Promise<Answer<SlotView>> {
    const { view, position } = await this.commands.execute(new HoldSlot(body, caller));
    return answer(view, position);
  }
}
