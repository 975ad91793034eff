import { Command } from '@nestjs/cqrs';
import type { RpcRequest, SlotView } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../runtime-executor.access';

export class ResumeSlot extends Command<Changed<SlotView>> {
  constructor(
    readonly request: RpcRequest<'runtime-executor', 'resume-slot'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
