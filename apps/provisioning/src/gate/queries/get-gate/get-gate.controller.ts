import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { GateView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { GetGate } from './get-gate.query';

@Controller()
export class GetGateController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('provisioning', 'get-gate')
  async get(@RpcBody() body: RpcRequest<'provisioning', 'get-gate'>, @Caller() caller: CallerContext): Promise<Answer<GateView>> {
    return answer(await this.queries.execute(new GetGate(body, caller)));
  }
}
