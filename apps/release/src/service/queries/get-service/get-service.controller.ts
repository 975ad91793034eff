import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { RpcRequest, ServiceView } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { GetServiceQuery } from './get-service.query';

@Controller()
export class GetServiceController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('release', 'get-service')
  async get(@RpcBody() body: RpcRequest<'release', 'get-service'>, @Caller() caller: CallerContext): Promise<Answer<ServiceView>> {
    return answer(await this.queries.execute(new GetServiceQuery(body, caller)));
  }
}
