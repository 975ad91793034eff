import { Command } from '@nestjs/cqrs';
import type { GroupView, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../release.access';

/** Takes every member back to what ran before it. */
export class RollbackGroupCommand extends Command<Changed<GroupView>> {
  constructor(
    readonly request: RpcRequest<'release', 'rollback-group'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
