import { setTimeout as pause } from 'node:timers/promises';
import type { ProcessManifest, ManifestProcess } from '../manifest';
import type { ReplicaStatus, Scale } from '../protocol';
import { statusOf, type Change } from './change';

const LOOK_EVERY_MS = 50;
const PATIENCE_MS = 30_000;
/** This many exits of one replica while it is being brought up are no accident. */
const TOO_MANY_RESTARTS = 2;

export type Readiness =
  { readonly ready: true; readonly replicas: readonly ReplicaStatus[] } | { readonly ready: false; readonly why: string };

/** Waits until the release has as many ready replicas as wanted; gives up on a crash loop or when its probes' time is over. */
export async function awaitReady(change: Change, releaseId: string, manifest: ProcessManifest, scale: Scale): Promise<Readiness> {
  const patienceMs = readinessBudgetMs(manifest);
  const giveUpAt = performance.now() + patienceMs;
  const before = new Map<string, number>();
  for (let reported = -1; ;) {
    const replicas = (await statusOf(change)).replicas.filter((replica) => replica.releaseId === releaseId && replica.state !== 'stopping');
    for (const replica of replicas) if (!before.has(replica.name)) before.set(replica.name, replica.restarts);
    const ready = replicas.filter((replica) => replica.ready).length;
    const wanted = Object.values(scale).reduce((sum, count) => sum + count, 0);
    if (ready !== reported) change.context.log(`${ready} of ${wanted} replicas of ${releaseId} ready`);
    reported = ready;
    if (Object.entries(scale).every(([name, count]) => readyOf(replicas, name) >= count)) return { ready: true, replicas };
    const crashing = replicas.find(
      (replica) => !replica.ready && (replica.crashLooping || replica.restarts - (before.get(replica.name) ?? 0) >= TOO_MANY_RESTARTS),
    );
    if (crashing) return { ready: false, why: `${crashing.name} does not stay up: ${exitOf(crashing)}, ${crashing.restarts} restarts` };
    if (performance.now() >= giveUpAt)
      return { ready: false, why: `${ready} of ${wanted} replicas ready after ${Math.round(patienceMs / 1000)} s` };
    await pause(LOOK_EVERY_MS, undefined, { signal: change.context.signal });
  }
}

/** Startup's whole budget, then readiness' delay and failures, 30 s at least for the latter. */
export const readinessBudgetMs = (manifest: ProcessManifest): number => Math.max(...Object.values(manifest.processes).map(budgetOf));

function budgetOf({ probes: { startup, readiness } }: ManifestProcess): number {
  const starting = startup ? startup.initial_delay_ms + startup.period_ms * startup.failure_threshold : 0;
  const becomingReady = readiness ? readiness.initial_delay_ms + readiness.period_ms * readiness.failure_threshold : 0;
  return starting + Math.max(PATIENCE_MS, becomingReady);
}

const readyOf = (replicas: readonly ReplicaStatus[], process: string): number =>
  replicas.filter((replica) => replica.process === process && replica.ready).length;

function exitOf({ lastExit }: ReplicaStatus): string {
  if (!lastExit) return 'it exited';
  if (lastExit.signal) return `ended by ${lastExit.signal}`;
  return lastExit.code === null ? 'it could not be started' : `exited with code ${lastExit.code}`;
}
