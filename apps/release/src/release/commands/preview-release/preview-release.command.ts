import { Command } from '@nestjs/cqrs';
import type { PreviewView, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../release.access';

/** Materialises a draft; executes nothing. */
export class PreviewReleaseCommand extends Command<Changed<PreviewView>> {
  constructor(
    readonly request: RpcRequest<'release', 'preview-release'>,
    readonly caller: CallerContext,
    /** The release group that it becomes a member of. */
    readonly groupId?: string,
  ) {
    super();
  }
}
