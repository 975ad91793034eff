import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { GateView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { StopLine } from './stop-line.command';

@Controller()
export class StopLineController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('provisioning', 'stop-line')
  async stop(@RpcBody() body: RpcRequest<'provisioning', 'stop-line'>, @Caller() caller: CallerContext): Promise<Answer<GateView>> {
    const { view, position } = await this.commands.execute(new StopLine(body, caller));
    return answer(view, position);
  }
}
