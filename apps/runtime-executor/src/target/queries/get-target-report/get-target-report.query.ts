import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { requirePermissionsAt, runtimePermission, unknownResource, type ConnectionReportView, type RpcRequest } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { Clock, type CallerContext } from '@slipway/service-kit';
import { targetBriefType } from '../../../execution/briefs/place.brief';
import { requireIn, requireReader } from '../../../runtime-executor.access';
import { TargetAccesses } from '../../../runtime/target-accesses';
import { ConnectionCheck } from '../../connection-check';
import { reportView } from '../../report.view';

export class GetTargetReport extends Query<ConnectionReportView> {
  constructor(
    readonly request: RpcRequest<'runtime-executor', 'get-target-report'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** Tries the connection of a target, now. Errors: `unknown_resource`, `dependency_failed`. */
@QueryHandler(GetTargetReport)
export class GetTargetReportHandler implements IQueryHandler<GetTargetReport> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly accesses: TargetAccesses,
    private readonly clock: Clock,
    private readonly check: ConnectionCheck,
  ) {}

  async execute({ request, caller }: GetTargetReport): Promise<ConnectionReportView> {
    const { project_id: projectId, target_id: targetId } = request;
    requireReader(caller.principal);
    const { state: target } = await this.runner.load(targetBriefType, { projectId, type: 'target', id: targetId });
    if (target.phase !== 'known') throw unknownResource('target', targetId);
    const place = { projectId, environmentId: target.environmentId };
    requireIn(caller.principal, place, 'target', targetId);
    requirePermissionsAt(caller.principal, place, runtimePermission(target.runtimeType, 'read'));

    const report = await this.check.of(target.runtimeType, this.accesses.of({ projectId, targetId }, target));
    return reportView(report, this.clock.now());
  }
}
