import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { IntentView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ConfirmIntentCommand } from './confirm-intent.command';

@Controller()
export class ConfirmIntentController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('release', 'confirm-intent')
  async confirm(@RpcBody() body: RpcRequest<'release', 'confirm-intent'>, @Caller() caller: CallerContext): Promise<Answer<IntentView>> {
    const { view, position } = await this.commands.execute(new ConfirmIntentCommand(body, caller));
    return answer(view, position);
  }
}
