import { Command } from '@nestjs/cqrs';
import type { ReleaseView, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../release.access';

/** Asks for a previewed release to be executed, quoting its `preview_ref`. */
export class ApplyReleaseCommand extends Command<Changed<ReleaseView>> {
  constructor(
    readonly request: RpcRequest<'release', 'apply-release'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
