import { Command } from '@nestjs/cqrs';
import type { RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Decided } from '../../ticket-deciding';

export class AssignTicket extends Command<Decided> {
  constructor(
    readonly request: RpcRequest<'approval-inbox', 'assign-ticket'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
