import { Command } from '@nestjs/cqrs';
import type { EnvironmentView, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../provisioning.access';

export class ChangeEnvironmentPolicy extends Command<Changed<EnvironmentView>> {
  constructor(
    readonly request: RpcRequest<'provisioning', 'change-environment-policy'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
