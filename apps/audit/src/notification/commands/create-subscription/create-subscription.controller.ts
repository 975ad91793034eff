import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { IssuedSubscription, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { CreateSubscription } from './create-subscription.command';

@Controller()
export class CreateSubscriptionController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('audit', 'create-subscription')
  async create(
    @RpcBody() body: RpcRequest<'audit', 'create-subscription'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<IssuedSubscription>> {
    const { view, position } = await this.commands.execute(new CreateSubscription(body, caller));
    return answer(view, position);
  }
}
