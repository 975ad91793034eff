import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Page, RpcRequest, SlotView } from '@slipway/contracts';
import { Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ListSlots } from './list-slots.query';

@Controller()
export class ListSlotsController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('runtime-executor', 'list-slots')
  list(@RpcBody() body: RpcRequest<'runtime-executor', 'list-slots'>, @Caller() caller: CallerContext): Promise<Answer<Page<SlotView>>> {
    return this.queries.execute(new ListSlots(body, caller));
  }
}
