import { setTimeout as delay } from 'node:timers/promises';
import type { ActiveExecution } from '../domain/execution.state';
import type { Obstacle } from './basis';
import { mayPass } from './journal';
import type { Lease, RunPorts, UnfinishedExecution } from './run.ports';

const LOOK_AGAIN_MS = 500;

export interface TurnRequest {
  readonly executionId: string;
  readonly execution: ActiveExecution;
  /** What the lock says about itself. */
  readonly reason: string;
  /** Ends the waiting: lease lost, drain, or the release moved on. */
  readonly signal: AbortSignal;
  readonly onWait: (why: string) => void;
}

/** The environment's lock is ours, or a paused execution occupies the slot and waiting would be for a person. */
export type Turn = { readonly lock: Lease; readonly obstacle?: undefined } | { readonly lock?: undefined; readonly obstacle: Obstacle };

/**
 * Waits for the environment. The lock alone is not enough: it runs out with its holder, while what the holder began is
 * half done. So an execution that has not begun also waits until every other one that has begun there is ended by
 * whoever takes it over. A paused one touches nothing and blocks only its own slot. A process that carries out as many as it may
 * leaves the lock to others.
 */
export async function takeTurn(ports: RunPorts, request: TurnRequest): Promise<Turn> {
  for (let told = false; ;) {
    const turn = ports.room.isFull ? undefined : await takeLock(ports, request);
    if (turn) return turn;
    if (ports.room.isFull && !told) request.onWait('this executor carries out as many executions as it may');
    told = ports.room.isFull;
    await delay(LOOK_AGAIN_MS, undefined, { signal: request.signal });
  }
}

async function takeLock(ports: RunPorts, request: TurnRequest): Promise<Turn | undefined> {
  const lock = await acquire(ports, request);
  try {
    const other = request.execution.phase === 'claimed' ? await unfinishedOther(ports, request) : undefined;
    // Others may have taken the last place while this one waited.
    if (!other && !ports.room.isFull) return { lock: inRoom(ports, lock) };
    await lock.release();
    if (!other) return undefined;
    if (other.status === 'paused' || other.status === 'needs_operator') return { obstacle: occupied(other) };
    request.onWait(`execution '${other.executionId}' of release '${other.releaseId}' has begun there and is not ended yet`);
  } catch (error) {
    await lock.release();
    if (!mayPass(error)) throw error;
    request.onWait(error instanceof Error ? error.message : String(error));
  }
  return undefined;
}

/** Takes a place for as long as the lock is held. */
function inRoom({ room }: RunPorts, lock: Lease): Lease {
  room.enter();
  let left = false;
  const release = (): Promise<void> => {
    if (!left) room.leave();
    left = true;
    return lock.release();
  };
  return { lost: lock.lost, release };
}

function acquire(ports: RunPorts, { executionId, execution, reason, signal, onWait }: TurnRequest): Promise<Lease> {
  return ports.leases.acquire({
    key: execution.environmentId,
    holder: ports.executorId,
    executionId,
    releaseId: execution.releaseId,
    reason,
    rank: rankOf(execution),
    ttlMs: ports.leaseTtlMs,
    signal,
    onWait: (current) => onWait(`the environment is locked by '${current.holder}': ${current.reason}`),
  });
}

/** What has begun and holds up all others, then rollbacks, then whatever was claimed first. */
const rankOf = ({ phase, act, claimedAt }: ActiveExecution): string =>
  `${phase !== 'claimed' ? 0 : act === 'rollback' ? 1 : 2} ${claimedAt}`;

async function unfinishedOther(ports: RunPorts, { executionId, execution }: TurnRequest): Promise<UnfinishedExecution | undefined> {
  const begun = await ports.unfinished.startedIn(execution.environmentId, await ports.store.position());
  const others = begun.filter((one) => one.executionId !== executionId);
  const isPaused = (one: UnfinishedExecution): boolean => one.status === 'paused' || one.status === 'needs_operator';
  return others.find((one) => !isPaused(one)) ?? others.find((one) => one.slotId === execution.slotId);
}

const occupied = (other: UnfinishedExecution): Obstacle => ({
  code: 'slot_busy',
  why: `Release '${other.releaseId}' is paused in this slot; resume or cancel it first.`,
  byReleaseId: other.releaseId,
});
