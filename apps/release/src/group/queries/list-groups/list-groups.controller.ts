import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { GroupView, Page, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ListGroupsQuery } from './list-groups.query';

@Controller()
export class ListGroupsController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('release', 'list-groups')
  async list(@RpcBody() body: RpcRequest<'release', 'list-groups'>, @Caller() caller: CallerContext): Promise<Answer<Page<GroupView>>> {
    return answer(await this.queries.execute(new ListGroupsQuery(body, caller)));
  }
}
