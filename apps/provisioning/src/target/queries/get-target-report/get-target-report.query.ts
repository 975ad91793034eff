import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { ById, ConnectionReportView } from '@slipway/contracts';
import { RpcClient, type CallerContext } from '@slipway/service-kit';
import { requireReader } from '../../../provisioning.access';
import { TargetReferences } from '../../target.references';

export class GetTargetReport extends Query<ConnectionReportView> {
  constructor(
    readonly request: ById,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** What a target's connection is found to be now; the executor, which alone can reach it, looks. */
@QueryHandler(GetTargetReport)
export class GetTargetReportHandler implements IQueryHandler<GetTargetReport> {
  constructor(
    private readonly references: TargetReferences,
    private readonly rpc: RpcClient,
  ) {}

  async execute({ request, caller }: GetTargetReport): Promise<ConnectionReportView> {
    requireReader(caller.principal);
    const { projectId, id } = await this.references.resolve(request, caller);
    return (await this.rpc.call('runtime-executor', 'get-target-report', { project_id: projectId, target_id: id }, caller)).value;
  }
}
