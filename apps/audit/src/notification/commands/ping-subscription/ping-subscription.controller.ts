import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Queued, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { PingSubscription } from './ping-subscription.command';

@Controller()
export class PingSubscriptionController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('audit', 'ping-subscription')
  async ping(@RpcBody() body: RpcRequest<'audit', 'ping-subscription'>, @Caller() caller: CallerContext): Promise<Answer<Queued>> {
    const { view, position } = await this.commands.execute(new PingSubscription(body, caller));
    return answer(view, position);
  }
}
