import { setTimeout as pause } from 'node:timers/promises';
import { standingOf, totalOf } from './change-step';
import type { Change, ReleaseShape, Scale, SlotStanding, StandingReplica } from './slot-control';

/** This many exits of one replica while it is being brought up are no accident. */
const TOO_MANY_RESTARTS = 2;

export type Readiness =
  | { readonly ready: true; readonly replicas: readonly StandingReplica[]; readonly standing: SlotStanding }
  | { readonly ready: false; readonly why: string };

/** Waits until the release has as many ready replicas as wanted; gives up on a crash loop or when its probes' time is over. */
export async function awaitReady(
  change: Change,
  releaseId: string,
  { patienceMs }: Pick<ReleaseShape, 'patienceMs'>,
  scale: Scale,
): Promise<Readiness> {
  const giveUpAt = performance.now() + patienceMs;
  const before = new Map<string, number>();
  const wanted = totalOf(scale);
  for (let reported = -1; ;) {
    const standing = await standingOf(change);
    const replicas = standing.replicas.filter((replica) => replica.releaseId === releaseId && replica.state !== 'stopping');
    for (const replica of replicas) if (!before.has(replica.name)) before.set(replica.name, replica.restarts);
    const ready = replicas.filter((replica) => replica.ready && replica.process in scale).length;
    if (ready !== reported) change.context.log(`${ready} of ${wanted} replicas of ${releaseId} ready`);
    reported = ready;
    if (Object.entries(scale).every(([name, count]) => readyOf(replicas, name) >= count)) return { ready: true, replicas, standing };
    const why = replicas.map((replica) => faultOf(replica, before.get(replica.name) ?? 0)).find((fault) => fault !== undefined);
    if (why !== undefined) return { ready: false, why };
    if (performance.now() >= giveUpAt) return { ready: false, why: slowness(replicas, ready, wanted, patienceMs) };
    await pause(change.slot.lookEveryMs, undefined, { signal: change.context.signal });
  }
}

const readyOf = (replicas: readonly StandingReplica[], process: string): number =>
  replicas.filter((replica) => replica.process === process && replica.ready).length;

/** Why a replica will not become ready, as far as it shows. */
function faultOf(replica: StandingReplica, restartsBefore: number): string | undefined {
  if (replica.ready) return undefined;
  if (replica.crashLooping || replica.restarts - restartsBefore >= TOO_MANY_RESTARTS) {
    return `${replica.name} does not stay up: ${exitOf(replica)}, ${replica.restarts} restarts`;
  }
  return replica.startupFailed ? `${replica.name} does not pass its startup probe${reasonOf(replica)}` : undefined;
}

function slowness(replicas: readonly StandingReplica[], ready: number, wanted: number, patienceMs: number): string {
  const late = replicas.find((replica) => !replica.ready);
  return `${ready} of ${wanted} replicas ready after ${Math.round(patienceMs / 1000)} s${late ? `; ${late.name} is ${late.state}${reasonOf(late)}` : ''}`;
}

const reasonOf = ({ reason }: StandingReplica): string => (reason === null ? '' : ` (${reason})`);

function exitOf({ lastExit, reason }: StandingReplica): string {
  if (reason === 'OOMKilled') return 'it ran out of memory and was killed';
  if (!lastExit) return 'it exited';
  if (lastExit.signal) return `ended by ${lastExit.signal}`;
  return lastExit.code === null ? 'it could not be started' : `exited with code ${lastExit.code}`;
}
