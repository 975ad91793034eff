import { Command } from '@nestjs/cqrs';
import type { IssuedSubscription, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../subscriptions';

export class RotateWebhookSecret extends Command<Changed<IssuedSubscription>> {
  constructor(
    readonly request: RpcRequest<'audit', 'rotate-webhook-secret'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
