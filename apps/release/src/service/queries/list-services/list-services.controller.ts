import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Page, RpcRequest, ServiceView } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ListServicesQuery } from './list-services.query';

@Controller()
export class ListServicesController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('release', 'list-services')
  async list(@RpcBody() body: RpcRequest<'release', 'list-services'>, @Caller() caller: CallerContext): Promise<Answer<Page<ServiceView>>> {
    return answer(await this.queries.execute(new ListServicesQuery(body, caller)));
  }
}
