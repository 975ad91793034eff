import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { IssuedSubscription, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ChangeSubscription } from './change-subscription.command';

@Controller()
export class ChangeSubscriptionController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('audit', 'change-subscription')
  async change(
    @RpcBody() body: RpcRequest<'audit', 'change-subscription'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<IssuedSubscription>> {
    const { view, position } = await this.commands.execute(new ChangeSubscription(body, caller));
    return answer(view, position);
  }
}
