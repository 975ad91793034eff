import { Command } from '@nestjs/cqrs';
import type { ReleaseView, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../release.access';

/** Lets a paused release go on. */
export class ResumeReleaseCommand extends Command<Changed<ReleaseView>> {
  constructor(
    readonly request: RpcRequest<'release', 'resume-release'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
