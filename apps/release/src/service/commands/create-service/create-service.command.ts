import { Command } from '@nestjs/cqrs';
import type { ServiceView, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../release.access';

/** Makes a deployable component of a project. */
export class CreateServiceCommand extends Command<Changed<ServiceView>> {
  constructor(
    readonly request: RpcRequest<'release', 'create-service'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
