import { Command } from '@nestjs/cqrs';
import type { AccessChanged, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../provisioning.access';

export class CreateBinding extends Command<Changed<AccessChanged>> {
  constructor(
    readonly request: RpcRequest<'provisioning', 'create-binding'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
