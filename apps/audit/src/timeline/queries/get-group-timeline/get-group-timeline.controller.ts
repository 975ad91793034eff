import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { GroupTimelineView, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { GetGroupTimeline } from './get-group-timeline.query';

@Controller()
export class GetGroupTimelineController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('audit', 'get-group-timeline')
  async get(
    @RpcBody() body: RpcRequest<'audit', 'get-group-timeline'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<GroupTimelineView>> {
    return answer(await this.queries.execute(new GetGroupTimeline(body, caller)));
  }
}
