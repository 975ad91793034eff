import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { IntentView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { GetIntentQuery } from './get-intent.query';

@Controller()
export class GetIntentController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('release', 'get-intent')
  async get(@RpcBody() body: RpcRequest<'release', 'get-intent'>, @Caller() caller: CallerContext): Promise<Answer<IntentView>> {
    return answer(await this.queries.execute(new GetIntentQuery(body, caller)));
  }
}
