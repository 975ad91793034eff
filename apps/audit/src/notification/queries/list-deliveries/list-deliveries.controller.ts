import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { DeliveryView, Page, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ListDeliveries } from './list-deliveries.query';

@Controller()
export class ListDeliveriesController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('audit', 'list-deliveries')
  async list(
    @RpcBody() body: RpcRequest<'audit', 'list-deliveries'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<Page<DeliveryView>>> {
    return answer(await this.queries.execute(new ListDeliveries(body, caller)));
  }
}
