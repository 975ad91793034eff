import { Command } from '@nestjs/cqrs';
import type { ServiceView, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../release.access';

/** Changes the title of a service. */
export class UpdateServiceCommand extends Command<Changed<ServiceView>> {
  constructor(
    readonly request: RpcRequest<'release', 'update-service'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
