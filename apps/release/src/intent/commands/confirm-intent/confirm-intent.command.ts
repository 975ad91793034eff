import { Command } from '@nestjs/cqrs';
import type { IntentView, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../release.access';

/** A person says yes to what was proposed. */
export class ConfirmIntentCommand extends Command<Changed<IntentView>> {
  constructor(
    readonly request: RpcRequest<'release', 'confirm-intent'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
