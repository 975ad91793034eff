import { Command } from '@nestjs/cqrs';
import type { GateView, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../provisioning.access';

export class RemoveFreezeWindow extends Command<Changed<GateView>> {
  constructor(
    readonly request: RpcRequest<'provisioning', 'remove-freeze-window'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
