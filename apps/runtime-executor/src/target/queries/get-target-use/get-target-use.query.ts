import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { RpcRequest, TargetUse } from '@slipway/contracts';
import { CommandRunner, type EventStore } from '@slipway/event-sourcing';
import { EVENT_STORE, ReadModels } from '@slipway/projections-typeorm';
import type { CallerContext } from '@slipway/service-kit';
import { DataSource } from 'typeorm';
import { targetBriefType } from '../../../execution/briefs/place.brief';
import { requireIn, requireReader } from '../../../runtime-executor.access';

export class GetTargetUse extends Query<TargetUse> {
  constructor(
    readonly request: RpcRequest<'runtime-executor', 'get-target-use'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

const NOTHING: TargetUse = { running: [], executed: [] };
const RUNNING = 'SELECT service_name, artifact_version, release_id FROM slots WHERE target_id = $1 ORDER BY service_name, slot_id';
const EXECUTED = 'SELECT release_id, act FROM executions WHERE NOT ended AND target_id = $1 ORDER BY claimed_at, execution_id';

/** What runs at a target by the log, and what is being carried out there, as of the log's end. The target is not asked. */
@QueryHandler(GetTargetUse)
export class GetTargetUseHandler implements IQueryHandler<GetTargetUse> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly source: DataSource,
    private readonly readModels: ReadModels,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async execute({ request, caller }: GetTargetUse): Promise<TargetUse> {
    const { project_id: projectId, target_id: targetId } = request;
    requireReader(caller.principal);
    const { state: target } = await this.runner.load(targetBriefType, { projectId, type: 'target', id: targetId });
    if (target.phase === 'unknown') return NOTHING;
    requireIn(caller.principal, { projectId, environmentId: target.environmentId }, 'target', targetId);
    const head = await this.store.position();
    await Promise.all(['slot-list', 'execution-list'].map((name) => this.readModels.waitFor(name, head)));
    const [running, executed] = await Promise.all([
      this.source.query<TargetUse['running']>(RUNNING, [targetId]),
      this.source.query<TargetUse['executed']>(EXECUTED, [targetId]),
    ]);
    return { running, executed };
  }
}
