import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { AuditEvent, Page, RpcRequest } from '@slipway/contracts';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { ListEvents } from './list-events.query';

@Controller()
export class ListEventsController {
  constructor(private readonly queries: QueryBus) {}

  @Rpc('audit', 'list-events')
  async list(@RpcBody() body: RpcRequest<'audit', 'list-events'>, @Caller() caller: CallerContext): Promise<Answer<Page<AuditEvent>>> {
    return answer(await this.queries.execute(new ListEvents(body, caller)));
  }
}
