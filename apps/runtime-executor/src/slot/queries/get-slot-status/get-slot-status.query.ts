import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { ById, SlotStatusView } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import type { ObservedReplica } from '@slipway/runtime-target';
import { answer, type Answer, type CallerContext } from '@slipway/service-kit';
import { DriftMonitor } from '../../../drift/drift-monitor';
import { slotType } from '../../domain/slot.state';
import { slotOfRow } from '../../projections/slot-list/slot-list.row';
import { SlotDirectory } from '../../slot.directory';
import { SlotScenes } from '../../slot-scene';

export class GetSlotStatus extends Query<Answer<SlotStatusView>> {
  constructor(
    readonly request: ById,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** What runs in the slot now, read from its target; tells as of which position the log's part is. Errors besides those of `get-slot`: `dependency_unavailable`. */
@QueryHandler(GetSlotStatus)
export class GetSlotStatusHandler implements IQueryHandler<GetSlotStatus> {
  constructor(
    private readonly slots: SlotDirectory,
    private readonly drift: DriftMonitor,
    private readonly runner: CommandRunner,
    private readonly scenes: SlotScenes,
  ) {}

  async execute({ request, caller }: GetSlotStatus): Promise<Answer<SlotStatusView>> {
    const row = await this.slots.find(request, caller);
    const { runtime, access } = await this.scenes.open(row, caller);
    const [seen, { state: slot, head }] = await Promise.all([
      runtime.observe(access, row.slotId),
      this.runner.load(slotType, this.slots.ref(row)),
    ]);
    const findings = slot.phase === 'empty' ? [] : [...slot.drift];
    const view = {
      ...slotOfRow(row, this.drift.lastCheck(row.slotId)),
      drift: driftOf(this.drift.lastCheck(row.slotId).known, findings.length),
      replicas: seen.replicas.map(replicaView),
      routes: seen.routes.map(({ releaseId, percent }) => ({ release_id: releaseId, percent })),
      findings,
      observed_at: seen.observedAt,
    };
    return answer(view, head.position);
  }
}

const driftOf = (known: boolean, findings: number): SlotStatusView['drift'] => (!known ? 'unknown' : findings > 0 ? 'drifted' : 'none');

const replicaView = (replica: ObservedReplica): SlotStatusView['replicas'][number] => ({
  name: replica.name,
  process: replica.process,
  instance_id: replica.instanceId,
  release_id: replica.releaseId,
  image: replica.image,
  node: replica.node,
  reason: replica.reason?.slice(0, 300) ?? null,
  pid: replica.pid,
  port: replica.port,
  state: replica.state,
  ready: replica.ready,
  restarts: replica.restarts,
  started_at: replica.startedAt,
});
