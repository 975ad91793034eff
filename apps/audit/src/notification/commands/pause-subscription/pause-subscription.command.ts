import { Command } from '@nestjs/cqrs';
import type { SubscriptionView, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../subscriptions';

export class PauseSubscription extends Command<Changed<SubscriptionView>> {
  constructor(
    readonly request: RpcRequest<'audit', 'pause-subscription'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
