import { Controller } from '@nestjs/common';
import type { ProjectionStatus, RpcRequest } from '@slipway/contracts';
import { ProjectionAdmin } from '@slipway/projections-typeorm';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { requireOperator, requireReader } from '../runtime-executor.access';

/** Where the read models are, building one anew while it serves, and a reaction's way past an event that blocks it. */
@Controller()
export class ProjectionsController {
  constructor(private readonly admin: ProjectionAdmin) {}

  @Rpc('runtime-executor', 'list-projections')
  async list(@Caller() caller: CallerContext): Promise<Answer<{ items: ProjectionStatus[] }>> {
    requireReader(caller.principal);
    return answer(await this.admin.listProjections());
  }

  @Rpc('runtime-executor', 'rebuild-projection')
  async rebuild(
    @RpcBody() body: RpcRequest<'runtime-executor', 'rebuild-projection'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<ProjectionStatus>> {
    requireOperator(caller.principal);
    return answer(await this.admin.rebuildProjection(body.name));
  }

  @Rpc('runtime-executor', 'skip-blocking-event')
  async skip(
    @RpcBody() body: RpcRequest<'runtime-executor', 'skip-blocking-event'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<ProjectionStatus>> {
    requireOperator(caller.principal);
    return answer(await this.admin.skipBlockingEvent({ ...body, by: caller.principal.actorId }));
  }
}
