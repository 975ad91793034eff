import { Controller } from '@nestjs/common';
import { requirePermissions, type ProjectionStatus, type RpcRequest } from '@slipway/contracts';
import { ProjectionAdmin } from '@slipway/projections-typeorm';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { requireReader } from '../release.access';

/** Where the read models are, building one anew while it serves, and a reaction's way past an event that blocks it. */
@Controller()
export class ProjectionsController {
  constructor(private readonly admin: ProjectionAdmin) {}

  @Rpc('release', 'list-projections')
  async list(@Caller() caller: CallerContext): Promise<Answer<{ items: ProjectionStatus[] }>> {
    requireReader(caller.principal);
    return answer(await this.admin.listProjections());
  }

  @Rpc('release', 'rebuild-projection')
  async rebuild(
    @RpcBody() body: RpcRequest<'release', 'rebuild-projection'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<ProjectionStatus>> {
    requirePermissions(caller.principal, 'deploy:release:apply', 'deploy:release:approve');
    return answer(await this.admin.rebuildProjection(body.name));
  }

  @Rpc('release', 'skip-blocking-event')
  async skip(
    @RpcBody() body: RpcRequest<'release', 'skip-blocking-event'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<ProjectionStatus>> {
    requirePermissions(caller.principal, 'deploy:release:apply', 'deploy:release:approve');
    return answer(await this.admin.skipBlockingEvent({ ...body, by: caller.principal.actorId }));
  }
}
