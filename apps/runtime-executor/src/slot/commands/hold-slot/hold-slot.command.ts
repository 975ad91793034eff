import { Command } from '@nestjs/cqrs';
import type { RpcRequest, SlotView } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../runtime-executor.access';

export class HoldSlot extends Command<Changed<SlotView>> {
  constructor(
    readonly request: RpcRequest<'runtime-executor', 'hold-slot'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
