import { Controller } from '@nestjs/common';
import { requirePermissions, type ProjectionStatus, type RpcRequest } from '@slipway/contracts';
import { ProjectionAdmin } from '@slipway/projections-typeorm';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';

/** Where the read models are, building one anew while it serves, and a reaction's way past an event that blocks it. */
@Controller()
export class ProjectionsController {
  constructor(private readonly admin: ProjectionAdmin) {}

  @Rpc('approval-inbox', 'list-projections')
  async list(@Caller() caller: CallerContext): Promise<Answer<{ items: ProjectionStatus[] }>> {
    requirePermissions(caller.principal, 'deploy:release:read');
    return answer(await this.admin.listProjections());
  }

  @Rpc('approval-inbox', 'rebuild-projection')
  async rebuild(
    @RpcBody() body: RpcRequest<'approval-inbox', 'rebuild-projection'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<ProjectionStatus>> {
    requirePermissions(caller.principal, 'deploy:release:apply', 'deploy:release:approve');
    return answer(await this.admin.rebuildProjection(body.name));
  }

  @Rpc('approval-inbox', 'skip-blocking-event')
  async skip(
    @RpcBody() body: RpcRequest<'approval-inbox', 'skip-blocking-event'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<ProjectionStatus>> {
    requirePermissions(caller.principal, 'deploy:release:apply', 'deploy:release:approve');
    return answer(await this.admin.skipBlockingEvent({ ...body, by: caller.principal.actorId }));
  }
}
