import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { ChangeView, Page, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ListChangesQuery } from './list-changes.query';

@Controller()
export class ListChangesController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('release', 'list-changes')
  async list(@RpcBody() body: RpcRequest<'release', 'list-changes'>, @Caller() caller: CallerContext): Promise<Answer<Page<ChangeView>>> {
    return answer(await this.queries.execute(new ListChangesQuery(body, caller)));
  }
}
