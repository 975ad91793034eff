import { Controller } from '@nestjs/common';
import type { ProjectionStatus, RpcRequest } from '@slipway/contracts';
import { ProjectionAdmin } from '@slipway/projections-typeorm';
import { answer, Caller, Rpc, RpcBody, type Answer, type CallerContext } from '@slipway/service-kit';
import { requireProvisioner, requireReader } from '../provisioning.access';

/** Where the read models are, building one anew while it serves, and a reaction's way past an event that blocks it. */
@Controller()
export class ProjectionsController {
  constructor(private readonly admin: ProjectionAdmin) {}

  @Rpc('provisioning', 'list-projections')
  async list(@Caller() caller: CallerContext): Promise<Answer<{ items: ProjectionStatus[] }>> {
    requireReader(caller.principal);
    return answer(await this.admin.listProjections());
  }

  @Rpc('provisioning', 'rebuild-projection')
  async rebuild(
    @RpcBody() body: RpcRequest<'provisioning', 'rebuild-projection'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<ProjectionStatus>> {
    requireProvisioner(caller.principal);
    return answer(await this.admin.rebuildProjection(body.name));
  }

  @Rpc('provisioning', 'skip-blocking-event')
  async skip(
    @RpcBody() body: RpcRequest<'provisioning', 'skip-blocking-event'>,
    @Caller() caller: CallerContext,
  ): Promise<Answer<ProjectionStatus>> {
    requireProvisioner(caller.principal);
    return answer(await this.admin.skipBlockingEvent({ ...body, by: caller.principal.actorId }));
  }
}
