import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { SubscriptionView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ResumeSubscription } from './resume-subscription.command';

@Controller()
export class ResumeSubscriptionController {
  constructor(private readonly commands: CommandBus) {}

  @Rpc('audit', 'resume-subscription')
  async resume(
    @RpcBody() body: RpcRequest<'audit', 'resume-subscription'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<SubscriptionView>> {
    const { view, position } = await this.commands.execute(new ResumeSubscription(body, caller));
    return answer(view, position);
  }
}
