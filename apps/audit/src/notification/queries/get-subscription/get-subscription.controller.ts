import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { RpcRequest, SubscriptionView } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { GetSubscription } from './get-subscription.query';

@Controller()
export class GetSubscriptionController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('audit', 'get-subscription')
  async get(@RpcBody() body: RpcRequest<'audit', 'get-subscription'>, @Caller() caller: CallerContext): Promise<Answer<SubscriptionView>> {
    return answer(await this.queries.execute(new GetSubscription(body, caller)));
  }
}
