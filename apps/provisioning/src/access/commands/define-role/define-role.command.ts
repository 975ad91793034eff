import { Command } from '@nestjs/cqrs';
import type { AccessChanged, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../provisioning.access';

export class DefineRole extends Command<Changed<AccessChanged>> {
  constructor(
    readonly request: RpcRequest<'provisioning', 'define-role'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
