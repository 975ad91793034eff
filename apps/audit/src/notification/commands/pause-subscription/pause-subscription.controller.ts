import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { SubscriptionView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { PauseSubscription } from './pause-subscription.command';

@Controller()
export class PauseSubscriptionController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('audit', 'pause-subscription')
  async pause(
    @RpcBody() body: RpcRequest<'audit', 'pause-subscription'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<SubscriptionView>> {
    const { view, position } = await this.commands.execute(new PauseSubscription(body, caller));
    return answer(view, position);
  }
}
