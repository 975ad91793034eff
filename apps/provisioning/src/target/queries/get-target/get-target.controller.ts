import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { RpcRequest, TargetView } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { GetTarget } from './get-target.query';

@Controller()
export class GetTargetController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('provisioning', 'get-target')
  async get(@RpcBody() body: RpcRequest<'provisioning', 'get-target'>, @Caller() caller: CallerContext): Promise<Answer<TargetView>> {
    return answer(await this.queries.execute(new GetTarget(body, caller)));
  }
}
