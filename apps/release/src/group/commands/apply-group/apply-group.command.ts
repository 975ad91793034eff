import { Command } from '@nestjs/cqrs';
import type { GroupView, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../release.access';

/** Asks for the whole group to run, quoting the preview that was reviewed. */
export class ApplyGroupCommand extends Command<Changed<GroupView>> {
  constructor(
    readonly request: RpcRequest<'release', 'apply-group'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
