import { Command } from '@nestjs/cqrs';
import type { AccessChanged, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../provisioning.access';

export class RevokeToken extends Command<Changed<AccessChanged>> {
  constructor(
    readonly request: RpcRequest<'provisioning', 'revoke-token'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
