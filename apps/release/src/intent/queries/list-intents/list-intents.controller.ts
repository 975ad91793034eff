import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { IntentView, Page, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ListIntentsQuery } from './list-intents.query';

@Controller()
export class ListIntentsController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('release', 'list-intents')
  async list(@RpcBody() body: RpcRequest<'release', 'list-intents'>, @Caller() caller: CallerContext): Promise<Answer<Page<IntentView>>> {
    return answer(await this.queries.execute(new ListIntentsQuery(body, caller)));
  }
}
