import { Command } from '@nestjs/cqrs';
import type { Queued, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../subscriptions';

export class ReplayDelivery extends Command<Changed<Queued>> {
  constructor(
    readonly request: RpcRequest<'audit', 'replay-delivery'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
