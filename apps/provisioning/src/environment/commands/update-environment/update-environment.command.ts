import { Command } from '@nestjs/cqrs';
import type { EnvironmentView, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../provisioning.access';

export class UpdateEnvironment extends Command<Changed<EnvironmentView>> {
  constructor(
    readonly request: RpcRequest<'provisioning', 'update-environment'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
