import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { RpcRequest, TimelineView } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { GetTimeline } from './get-timeline.query';

@Controller()
export class GetTimelineController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('audit', 'get-timeline')
  async get(@RpcBody() body: RpcRequest<'audit', 'get-timeline'>, @Caller() caller: CallerContext): Promise<Answer<TimelineView>> {
    return answer(await this.queries.execute(new GetTimeline(body, caller)));
  }
}
