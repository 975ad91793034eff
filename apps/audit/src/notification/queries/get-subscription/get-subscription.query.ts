import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { ById, SubscriptionView } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import { SubscriptionViews } from '../../subscription-views';
import { Subscriptions } from '../../subscriptions';

export class GetSubscription extends Query<SubscriptionView> {
  constructor(
    readonly request: ById,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

@QueryHandler(GetSubscription)
export class GetSubscriptionHandler implements IQueryHandler<GetSubscription> {
  constructor(
    private readonly subscriptions: Subscriptions,
    private readonly views: SubscriptionViews,
  ) {}

  async execute({ request, caller }: GetSubscription): Promise<SubscriptionView> {
    return this.views.of((await this.subscriptions.managed(request.id, caller)).known);
  }
}
