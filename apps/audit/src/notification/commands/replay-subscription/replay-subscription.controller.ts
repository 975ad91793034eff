import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Queued, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ReplaySubscription } from './replay-subscription.command';

@Controller()
export class ReplaySubscriptionController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('audit', 'replay-subscription')
  async replay(@RpcBody() body: RpcRequest<'audit', 'replay-subscription'>, @Caller() caller: CallerContext): Promise<Answer<Queued>> {
    const { view, position } = await this.commands.execute(new ReplaySubscription(body, caller));
    return answer(view, position);
  }
}
