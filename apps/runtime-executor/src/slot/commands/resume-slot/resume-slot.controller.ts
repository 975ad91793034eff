import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { RpcRequest, SlotView } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ResumeSlot } from './resume-slot.command';

@Controller()
export class ResumeSlotController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('runtime-executor', 'resume-slot')
  async resume(@RpcBody() body: RpcRequest<'runtime-executor', 'resume-slot'>, @Caller() caller: CallerContext): Promise<Answer<SlotView>> {
    const { view, position } = await this.commands.execute(new ResumeSlot(body, caller));
    return answer(view, position);
  }
}
