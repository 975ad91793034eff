import { Command } from '@nestjs/cqrs';
import type { ServiceView, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../release.access';

/** Takes a service out of use; its history stays. */
export class DeleteServiceCommand extends Command<Changed<ServiceView>> {
  constructor(
    readonly request: RpcRequest<'release', 'delete-service'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
