import { Command } from '@nestjs/cqrs';
import type { ReleaseView, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../release.access';

/** Ends a release that has not run, or asks its execution to stop. */
export class CancelReleaseCommand extends Command<Changed<ReleaseView>> {
  constructor(
    readonly request: RpcRequest<'release', 'cancel-release'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
