import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { SubscriptionView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { RemoveSubscription } from './remove-subscription.command';

@Controller()
export class RemoveSubscriptionController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('audit', 'remove-subscription')
  async remove(
    @RpcBody() body: RpcRequest<'audit', 'remove-subscription'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<SubscriptionView>> {
    const { view, position } = await this.commands.execute(new RemoveSubscription(body, caller));
    return answer(view, position);
  }
}
