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
 * whoever takes it over. A paused one touches nothing and blocks only its own slot.
 */
export async function takeTurn(ports: RunPorts, request: TurnRequest): Promise<Turn> {
  for (;;) {
    const lock = await acquire(ports, request);
    try {
      const other = request.execution.phase === 'claimed' ? await unfinishedOther(ports, request) : undefined;
      if (!other) return { lock };
      await lock.release();
      if (other.status === 'paused' || other.status === 'needs_operator') return { obstacle: occupied(other) };
      request.onWait(`execution '${other.executionId}' of release '${other.releaseId}' has begun there and is not ended yet`);
    } catch (error) {
      await lock.release();
      if (!mayPass(error)) throw error;
      request.onWait(error instanceof Error ? error.message : String(error));
    }
    await delay(LOOK_AGAIN_MS, undefined, { signal: request.signal });
  }
}

function acquire(ports: RunPorts, { executionId, execution, reason, signal, onWait }: TurnRequest): Promise<Lease> {
  return ports.leases.acquire({
    key: execution.environmentId,
    holder: ports.executorId,
    executionId,
    releaseId: execution.releaseId,
    reason,
    ttlMs: ports.leaseTtlMs,
    signal,
    onWait: (current) => onWait(`the environment is locked by '${current.holder}': ${current.reason}`),
  });
}

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
