import { Command } from '@nestjs/cqrs';
import type { GateView, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../provisioning.access';

export class StopLine extends Command<Changed<GateView>> {
  constructor(
    readonly request: RpcRequest<'provisioning', 'stop-line'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
