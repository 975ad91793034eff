import { Controller } from '@nestjs/common';
import type { ProjectionStatus, RpcRequest } from '@slipway/contracts';
import { ProjectionAdmin } from '@slipway/projections-typeorm';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { requireAdministrator, requireReader } from '../audit.access';

/** Where the read models are, building one anew while it serves, and a reaction's way past an event that blocks it. */
@Controller()
export class ProjectionsController {
  constructor(private readonly admin: ProjectionAdmin) {}

  @Rpc('audit', 'list-projections')
  async list(@Caller() caller: CallerContext): Promise<Answer<{ items: ProjectionStatus[] }>> {
    requireReader(caller.principal);
    return answer(await this.admin.listProjections());
  }

  @Rpc('audit', 'rebuild-projection')
  async rebuild(
    @RpcBody() body: RpcRequest<'audit', 'rebuild-projection'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<ProjectionStatus>> {
    requireAdministrator(caller.principal);
    return answer(await this.admin.rebuildProjection(body.name));
  }

  @Rpc('audit', 'skip-blocking-event')
  async skip(
    @RpcBody() body: RpcRequest<'audit', 'skip-blocking-event'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<ProjectionStatus>> {
    requireAdministrator(caller.principal);
    return answer(await this.admin.skipBlockingEvent({ ...body, by: caller.principal.actorId }));
  }
}
