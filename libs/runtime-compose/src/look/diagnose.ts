import type { Diagnosis, ReplicaDiagnosis, StandingReplica, TargetEventNote } from '@slipway/runtime-target';
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
  const events = await recentEvents(engine, [`${LABELS.slot}=${slotId}`], status?.nowMs, signal);
  const replicas = await Promise.all(
    concerned.slice(0, MAX_REPLICAS).map((replica) => {
      const container = status!.containers.find(({ Id }) => Id === replica.instanceId)!;
      return replicaDiagnosis(engine, replica, container, events, signal);
    }),
  );
  return { summary: summaryOf(replicas, status, releaseId), replicas, events };
}

async function replicaDiagnosis(
  engine: EngineClient,
  replica: StandingReplica,
  container: ContainerDetails,
  events: readonly TargetEventNote[],
  signal: AbortSignal,
): Promise<ReplicaDiagnosis> {
  const lastLines: string[] = [];
  for await (const { line } of readLogs(engine, container, { tail: LINES, follow: false }, signal)) lastLines.push(line);
  const { State } = container;
  const failing =
    State.Health?.Status === 'unhealthy' ? `healthcheck: ${State.Health.Log?.at(-1)?.Output.trim().slice(0, 300) ?? ''}` : undefined;
  return {
    name: replica.name,
    process: replica.process,
    releaseId: replica.releaseId,
    state: State.Status,
    reason: replica.reason,
    message: State.Error === '' ? null : State.Error,
    ready: replica.ready,
    restarts: replica.restarts,
    exitCode: State.Running && !State.Restarting ? lastExitOf(replica.name, events) : State.ExitCode,
    signal: replica.lastExit?.signal ?? null,
    oomKilled: State.OOMKilled,
    image: replica.image,
    failingProbe: failing ?? (replica.reason?.startsWith('readiness probe') ? replica.reason : null),
    lastLines: lastLines.slice(-LINES),
  };
}

/** With what a container that runs again had ended: the engine itself remembers an end only until the next start. */
function lastExitOf(name: string, events: readonly TargetEventNote[]): number | null {
  const death = events.findLast(({ subject, reason }) => subject === name && reason === 'die');
  const code = /exit code (\d+)/.exec(death?.message ?? '')?.[1];
  return code === undefined ? null : Number(code);
}
