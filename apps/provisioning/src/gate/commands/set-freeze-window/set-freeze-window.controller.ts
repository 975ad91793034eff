import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { GateView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { SetFreezeWindow } from './set-freeze-window.command';

@Controller()
export class SetFreezeWindowController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('provisioning', 'set-freeze-window')
  async set(@RpcBody() body: RpcRequest<'provisioning', 'set-freeze-window'>, @Caller() caller: CallerContext): Promise<Answer<GateView>> {
    const { view, position } = await this.commands.execute(new SetFreezeWindow(body, caller));
    return answer(view, position);
  }
}
