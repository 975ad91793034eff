import { Command } from '@nestjs/cqrs';
import type { RpcRequest, TargetView } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../provisioning.access';

export class RotateCredential extends Command<Changed<TargetView>> {
  constructor(
    readonly request: RpcRequest<'provisioning', 'rotate-credential'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
