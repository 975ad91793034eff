import { Command } from '@nestjs/cqrs';
import type { GroupView, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../release.access';

/** Ends a group that has not ended; what it applied goes back. */
export class CancelGroupCommand extends Command<Changed<GroupView>> {
  constructor(
    readonly request: RpcRequest<'release', 'cancel-group'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
