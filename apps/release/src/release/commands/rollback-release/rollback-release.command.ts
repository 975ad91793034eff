import { Command } from '@nestjs/cqrs';
import type { ReleaseView, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../release.access';

/** Takes a release back to what its slot ran before. */
export class RollbackReleaseCommand extends Command<Changed<ReleaseView>> {
  constructor(
    readonly request: RpcRequest<'release', 'rollback-release'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
