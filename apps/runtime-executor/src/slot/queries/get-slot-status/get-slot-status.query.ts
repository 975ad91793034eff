import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { unknownResource, type ById, type SlotStatusView } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import type { ObservedReplica } from '@slipway/runtime-target';
import type { CallerContext } from '@slipway/service-kit';
import { DriftMonitor } from '../../../drift/drift-monitor';
import { targetBriefType } from '../../../execution/briefs/place.brief';
import { requireReader } from '../../../runtime-executor.access';
import { runtimeFor, RUNTIMES, type Runtimes } from '../../../runtime/runtimes';
import { TargetAccesses } from '../../../runtime/target-accesses';
import { slotOfRow } from '../../projections/slot-list/slot-list.row';
import { SlotDirectory } from '../../slot.directory';

export class GetSlotStatus extends Query<SlotStatusView> {
  constructor(
    readonly request: ById,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** What runs in the slot now, read from its target. Errors besides those of `get-slot`: `dependency_unavailable`. */
@QueryHandler(GetSlotStatus)
export class GetSlotStatusHandler implements IQueryHandler<GetSlotStatus> {
  constructor(
    private readonly slots: SlotDirectory,
    private readonly drift: DriftMonitor,
    private readonly runner: CommandRunner,
    private readonly accesses: TargetAccesses,
    @Inject(RUNTIMES) private readonly runtimes: Runtimes,
  ) {}

  async execute({ request, caller }: GetSlotStatus): Promise<SlotStatusView> {
    requireReader(caller.principal);
    const row = await this.slots.find(request, caller);
    const { state: target } = await this.runner.load(targetBriefType, { projectId: row.projectId, type: 'target', id: row.targetId });
    if (target.phase === 'unknown') throw unknownResource('target', row.targetId);
    const access = this.accesses.of(row, target);
    const seen = await runtimeFor(this.runtimes, target.runtimeType).observe(access, row.slotId);
    return { ...slotOfRow(row, this.drift.lastCheck(row.slotId)), replicas: seen.replicas.map(replicaView), observed_at: seen.observedAt };
  }
}

const replicaView = (replica: ObservedReplica): SlotStatusView['replicas'][number] => ({
  name: replica.name,
  process: replica.process,
  release_id: replica.releaseId,
  pid: replica.pid,
  port: replica.port,
  state: replica.state,
  ready: replica.ready,
  restarts: replica.restarts,
  started_at: replica.startedAt,
});
