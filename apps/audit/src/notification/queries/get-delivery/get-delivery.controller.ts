import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { DeliveryDetail, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { GetDelivery } from './get-delivery.query';

@Controller()
export class GetDeliveryController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('audit', 'get-delivery')
  async get(@RpcBody() body: RpcRequest<'audit', 'get-delivery'>, @Caller() caller: CallerContext): Promise<Answer<DeliveryDetail>> {
    return answer(await this.queries.execute(new GetDelivery(body, caller)));
  }
}
