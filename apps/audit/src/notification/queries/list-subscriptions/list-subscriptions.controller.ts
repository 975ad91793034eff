import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Page, RpcRequest, SubscriptionView } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ListSubscriptions } from './list-subscriptions.query';

@Controller()
export class ListSubscriptionsController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('audit', 'list-subscriptions')
  async list(
    @RpcBody() body: RpcRequest<'audit', 'list-subscriptions'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<Page<SubscriptionView>>> {
    return answer(await this.queries.execute(new ListSubscriptions(body, caller)));
  }
}
