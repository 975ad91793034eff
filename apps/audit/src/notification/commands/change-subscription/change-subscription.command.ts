import { Command } from '@nestjs/cqrs';
import type { IssuedSubscription, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../subscriptions';

export class ChangeSubscription extends Command<Changed<IssuedSubscription>> {
  constructor(
    readonly request: RpcRequest<'audit', 'change-subscription'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
