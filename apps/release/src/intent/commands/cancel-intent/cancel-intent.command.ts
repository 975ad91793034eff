import { Command } from '@nestjs/cqrs';
import type { IntentView, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../release.access';

/** Takes a proposal off the table. */
export class CancelIntentCommand extends Command<Changed<IntentView>> {
  constructor(
    readonly request: RpcRequest<'release', 'cancel-intent'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
