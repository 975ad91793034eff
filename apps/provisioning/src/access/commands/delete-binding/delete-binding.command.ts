import { Command } from '@nestjs/cqrs';
import type { AccessChanged, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../provisioning.access';

export class DeleteBinding extends Command<Changed<AccessChanged>> {
  constructor(
    readonly request: RpcRequest<'provisioning', 'delete-binding'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
