import { Command } from '@nestjs/cqrs';
import type { SubscriptionView, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../subscriptions';

export class RemoveSubscription extends Command<Changed<SubscriptionView>> {
  constructor(
    readonly request: RpcRequest<'audit', 'remove-subscription'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
