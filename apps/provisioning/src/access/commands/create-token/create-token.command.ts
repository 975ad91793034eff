import { Command } from '@nestjs/cqrs';
import type { AccessChanged, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../provisioning.access';

export class CreateToken extends Command<Changed<AccessChanged>> {
  constructor(
    readonly request: RpcRequest<'provisioning', 'create-token'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
