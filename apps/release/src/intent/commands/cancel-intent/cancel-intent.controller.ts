import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { IntentView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { CancelIntentCommand } from './cancel-intent.command';

@Controller()
export class CancelIntentController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('release', 'cancel-intent')
  async cancel(@RpcBody() body: RpcRequest<'release', 'cancel-intent'>, @Caller() caller: CallerContext): Promise<Answer<IntentView>> {
    const { view, position } = await this.commands.execute(new CancelIntentCommand(body, caller));
    return answer(view, position);
  }
}
