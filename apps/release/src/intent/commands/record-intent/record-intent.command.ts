import { Command } from '@nestjs/cqrs';
import type { IntentView, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../release.access';

/** Keeps what was asked of the command centre, with what came of it. */
export class RecordIntentCommand extends Command<Changed<IntentView>> {
  constructor(
    readonly request: RpcRequest<'release', 'record-intent'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
