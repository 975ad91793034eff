import { Command } from '@nestjs/cqrs';
import type { NotificationSettings, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../subscriptions';

export class ConfirmContact extends Command<Changed<NotificationSettings>> {
  constructor(
    readonly request: RpcRequest<'audit', 'confirm-contact'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
