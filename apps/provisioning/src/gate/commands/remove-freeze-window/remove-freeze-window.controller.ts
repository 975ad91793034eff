import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { GateView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { RemoveFreezeWindow } from './remove-freeze-window.command';

@Controller()
export class RemoveFreezeWindowController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('provisioning', 'remove-freeze-window')
  async remove(
    @RpcBody() body: RpcRequest<'provisioning', 'remove-freeze-window'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<GateView>> {
    const { view, position } = await this.commands.execute(new RemoveFreezeWindow(body, caller));
    return answer(view, position);
  }
}
