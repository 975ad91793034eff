import type { Diagnosis, ReplicaDiagnosis, StandingReplica } from '@slipway/runtime-target';
import type { ContainerDetails } from '../engine/container';
import type { EngineClient } from '../engine/engine-client';
import { readLogs } from '../engine/read-logs';
import { LABELS } from '../slot/slot-names';
import type { ComposeSlotStatus } from '../slot/slot-status';
import { summaryOf } from './diagnosis-summary';
import { recentEvents } from './recent-events';

const LINES = 50;
const MAX_REPLICAS = 50;

/** States, exit codes, probes, events and last words of what runs in a slot. */
export async function diagnoseSlot(
  engine: EngineClient,
  slotId: string,
  status: ComposeSlotStatus | null,
  releaseId?: string,
): Promise<Diagnosis> {
  const signal = AbortSignal.timeout(20_000);
  const concerned = status?.replicas.filter((replica) => releaseId === undefined || replica.releaseId === releaseId) ?? [];
  const [replicas, events] = await Promise.all([
    Promise.all(
      concerned.slice(0, MAX_REPLICAS).map((replica) => {
        const container = status!.containers.find(({ Id }) => Id === replica.instanceId)!;
        return replicaDiagnosis(engine, replica, container, signal);
      }),
    ),
    recentEvents(engine, [`${LABELS.slot}=${slotId}`], status?.nowMs, signal),
  ]);
  return { summary: summaryOf(replicas, status, releaseId), replicas, events };
}

async function replicaDiagnosis(
  engine: EngineClient,
  replica: StandingReplica,
  container: ContainerDetails,
  signal: AbortSignal,
): Promise<ReplicaDiagnosis> {
  const lastLines: string[] = [];
  for await (const { line } of readLogs(engine, container, { tail: LINES, follow: false }, signal)) lastLines.push(line);
  const { State } = container;
  const failing = State.Health?.Status === 'unhealthy' ? State.Health.Log?.at(-1)?.Output.trim().slice(0, 300) : undefined;
  const ended = !State.Running || State.Restarting || replica.restarts > 0;
  return {
    name: replica.name,
    process: replica.process,
    releaseId: replica.releaseId,
    state: State.Status,
    reason: replica.reason,
    message: State.Error === '' ? null : State.Error,
    ready: replica.ready,
    restarts: replica.restarts,
    exitCode: ended ? State.ExitCode : null,
    signal: replica.lastExit?.signal ?? null,
    oomKilled: State.OOMKilled,
    image: replica.image,
    failingProbe: failing ?? (replica.reason?.startsWith('readiness probe') ? replica.reason : null),
    lastLines: lastLines.slice(-LINES),
  };
}
