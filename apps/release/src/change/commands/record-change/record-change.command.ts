import { Command } from '@nestjs/cqrs';
import type { ChangeView, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../release.access';

/** Records a change: stage 1 of the pipeline. */
export class RecordChangeCommand extends Command<Changed<ChangeView>> {
  constructor(
    readonly request: RpcRequest<'release', 'record-change'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
