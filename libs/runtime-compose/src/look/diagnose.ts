import type { Diagnosis, ReplicaDiagnosis, StandingReplica } from '@slipway/runtime-target';
import type { ContainerDetails } from '../engine/container';
import type { EngineClient } from '../engine/engine-client';
import { readLogs } from '../engine/read-logs';
import { LABELS } from '../slot/slot-names';
import type { ComposeSlotStatus } from '../slot/slot-status';
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
  return { summary: summaryOf(replicas, status), replicas, events };
}

async function replicaDiagnosis(
  engine: EngineClient,
  replica: StandingReplica,
  container: ContainerDetails,
  signal: AbortSignal,
): Promise<ReplicaDiagnosis> {
  const lastLines: string[] = [];
  for await (const { line } of readLogs(engine, container.Id, { tail: LINES, follow: false }, signal)) lastLines.push(line);
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

function summaryOf(replicas: readonly ReplicaDiagnosis[], status: ComposeSlotStatus | null): string {
  if (!status || replicas.length === 0) return 'Nothing of it runs at the host.';
  const unwell = replicas.filter(({ ready }) => !ready);
  if (unwell.length === 0) {
    const restarts = replicas.reduce((sum, replica) => sum + replica.restarts, 0);
    return `All ${replicas.length} containers are ready${restarts > 0 ? `; they restarted ${restarts} times` : ''}.`;
  }
  const worst = unwell.find(({ oomKilled, exitCode }) => oomKilled || (exitCode ?? 0) !== 0) ?? unwell[0]!;
  const said = worst.lastLines.at(-1);
  const last = said === undefined ? '' : `; it said last: ${said.slice(0, 300)}`;
  return `${unwell.length} of ${replicas.length} containers are not ready: ${worst.name} ${faultOf(worst)}${last}`;
}

function faultOf({ oomKilled, exitCode, failingProbe, restarts, state, reason }: ReplicaDiagnosis): string {
  const again = restarts > 0 ? `, restarted ${restarts} times` : '';
  if (oomKilled) return `ran out of memory and was killed${again}`;
  if (exitCode !== null) return `exited with code ${exitCode}${again}`;
  return failingProbe ? `fails its probe (${failingProbe})` : `is ${state}${reason === null ? '' : ` (${reason})`}`;
}
