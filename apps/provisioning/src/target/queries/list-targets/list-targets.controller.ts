import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Page, RpcRequest, TargetView } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ListTargets } from './list-targets.query';

@Controller()
export class ListTargetsController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('provisioning', 'list-targets')
  async list(
    @RpcBody() body: RpcRequest<'provisioning', 'list-targets'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<Page<TargetView>>> {
    return answer(await this.queries.execute(new ListTargets(body, caller)));
  }
}
