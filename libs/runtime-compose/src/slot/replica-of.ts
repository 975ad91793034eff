import type { StandingReplica } from '@slipway/runtime-target';
import { labelOf, nameOf, shortId, type ContainerDetails } from '../engine/container';
import type { ComposeManifest } from '../manifest/compose-manifest';
import { probeWords } from '../proxy/check-words';
import type { ProxyServer } from '../proxy/proxy-servers';
import { LABELS, type SlotNames } from './slot-names';

/** What a container is seen in: the slot's proxy, the host's clock, the release that owns it. */
export interface ReplicaSurroundings {
  readonly names: SlotNames;
  readonly node: string;
  readonly nowMs: number;
  readonly servers: readonly ProxyServer[];
  readonly digests: ReadonlyMap<string, string>;
  release(
    container: ContainerDetails,
  ):
    | { readonly releaseId: string; readonly artifactDigest: string; readonly manifestDigest: string; readonly manifest: ComposeManifest }
    | undefined;
}

const MANY_RESTARTS = 3;
const SIGNALS: Readonly<Record<number, string>> = {
  129: 'SIGHUP',
  130: 'SIGINT',
  134: 'SIGABRT',
  137: 'SIGKILL',
  139: 'SIGSEGV',
  143: 'SIGTERM',
};

export function replicaOf(container: ContainerDetails, around: ReplicaSurroundings): StandingReplica {
  const { State, RestartCount } = container;
  const process = labelOf(container, LABELS.process);
  const release = around.release(container);
  const serving = release?.manifest.serving?.service === process ? release.manifest.serving : null;
  const server = around.servers.find((candidate) => candidate.container === shortId(container));
  const running = State.Running && !State.Restarting && !State.Paused;
  const healthy = State.Health === undefined || State.Health.Status === 'none' || State.Health.Status === 'healthy';
  const ready = running && healthy && (serving === null || server?.up === true);
  const ranMs = around.nowMs - Date.parse(State.StartedAt);
  const { startup } = serving ?? {};
  const startupMs = startup ? startup.initial_delay_ms + (startup.period_ms + startup.timeout_ms) * startup.failure_threshold : Infinity;
  return {
    name: nameOf(container),
    process,
    instanceId: container.Id,
    releaseId: release?.releaseId ?? labelOf(container, LABELS.release),
    artifactDigest: release?.artifactDigest ?? labelOf(container, LABELS.artifact),
    manifestDigest: release?.manifestDigest ?? labelOf(container, LABELS.manifest),
    image: around.digests.get(container.Image) ?? container.Image,
    node: around.node,
    pid: null,
    port: serving?.port ?? null,
    state: stateOf(container, ready),
    reason:
      reasonOf(container) ?? (running && serving && server?.check && !ready ? probeWords(server, serving.readiness?.path ?? '/') : null),
    ready,
    restarts: RestartCount,
    startedAt: State.StartedAt.startsWith('0001') ? null : State.StartedAt,
    lastExit: exitOf(container),
    crashLooping: !ready && RestartCount >= MANY_RESTARTS,
    startupFailed: running && !ready && ranMs > startupMs && server?.check?.startsWith('L') === true,
  };
}

function stateOf({ State, RestartCount }: ContainerDetails, ready: boolean): StandingReplica['state'] {
  if (State.Restarting || State.Status === 'restarting') return 'crashed';
  if (State.Paused) return 'unknown';
  if (State.Running) return ready || RestartCount > 0 || State.Health?.Status === 'unhealthy' ? 'running' : 'starting';
  if (State.Status === 'created') return 'starting';
  if (State.Status === 'removing') return 'stopping';
  return State.ExitCode === 0 ? 'exited' : 'crashed';
}

function reasonOf({ State }: ContainerDetails): string | null {
  if (State.OOMKilled) return 'OOMKilled';
  if (State.Error !== '') return State.Error.slice(0, 300);
  if (State.Paused) return 'paused';
  if (State.Health?.Status === 'unhealthy') return 'unhealthy';
  if (State.Restarting) return 'restarting';
  if (!State.Running && State.Status === 'exited') return 'exited';
  return null;
}

function exitOf({ State }: ContainerDetails): StandingReplica['lastExit'] {
  if (State.FinishedAt.startsWith('0001')) return null;
  const signal = SIGNALS[State.ExitCode] ?? null;
  return { code: signal === null ? State.ExitCode : null, signal, at: State.FinishedAt };
}
