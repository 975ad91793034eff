import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { ChangeView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { RecordChangeCommand } from './record-change.command';

@Controller()
export class RecordChangeController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('release', 'record-change')
  async record(@RpcBody() body: RpcRequest<'release', 'record-change'>, @Caller() caller: CallerContext): Promise<Answer<ChangeView>> {
    const { view, position } = await this.commands.execute(new RecordChangeCommand(body, caller));
    return answer(view, position);
  }
}
