import { Command } from '@nestjs/cqrs';
import type { Queued, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../subscriptions';

export class PingSubscription extends Command<Changed<Queued>> {
  constructor(
    readonly request: RpcRequest<'audit', 'ping-subscription'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
