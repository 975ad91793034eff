import { Command } from '@nestjs/cqrs';
import type { GroupPreviewView, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../release.access';

/** Materialises the drafts of all members; executes nothing. */
export class PreviewGroupCommand extends Command<Changed<GroupPreviewView>> {
  constructor(
    readonly request: RpcRequest<'release', 'preview-group'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
