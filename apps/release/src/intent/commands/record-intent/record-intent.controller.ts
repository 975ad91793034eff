import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { IntentView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { RecordIntentCommand } from './record-intent.command';

@Controller()
export class RecordIntentController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('release', 'record-intent')
  async record(@RpcBody() body: RpcRequest<'release', 'record-intent'>, @Caller() caller: CallerContext): Promise<Answer<IntentView>> {
    const { view, position } = await this.commands.execute(new RecordIntentCommand(body, caller));
    return answer(view, position);
  }
}
