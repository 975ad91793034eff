import { setTimeout as delay } from 'node:timers/promises';
import type { NatsConnection } from '@nats-io/transport-node';
import { HeldLease } from './held-lease';
import { LeaseRecords, type LeaseRecord, type LeaseState, type StoredLease } from './lease-record';

export interface LeaseRequest {
  readonly key: string;
  readonly holder: string;
  readonly executionId: string;
  readonly releaseId: string;
  /** For people who wait. */
  readonly reason: string;
  /** A holder that is silent for so long may be replaced. At least 300. */
  readonly ttlMs: number;
  /** Of those who wait for one key on one `LeaseLock`, whoever comes first in the order of this text; default: the first of all. */
  readonly rank?: string;
  /** Gives up waiting. */
  readonly signal?: AbortSignal;
  /** Told once per holder that is waited for. */
  readonly onWait?: (current: LeaseRecord) => void;
}

export type Lease = Pick<HeldLease, 'fencingToken' | 'lost' | 'release'>;

const POLL_MS = 200;

/** What a waiter has seen of a holder: a revision, and when, on its own monotonic clock. */
interface Sighting {
  readonly revision: number;
  readonly seenAt: number;
}

/**
 * Mutual exclusion between processes by leases that must be renewed. No clocks are compared: a holder is dead when its record
 * has not changed for its whole time while this process watched. Never safe alone: whatever is protected must also refuse an
 * older `fencingToken`. The lock store unreachable means no.
 */
export class LeaseLock {
  private readonly records: LeaseRecords;
  private readonly waiting = new Map<string, Set<LeaseRequest>>();

  constructor(
    connection: NatsConnection,
    private readonly now: () => string = () => new Date().toISOString(),
  ) {
    this.records = new LeaseRecords(connection);
  }

  /**
   * Waits until the lease is free or its holder is silent. It asks five times a second, and of several processes that ask the first to
   * write has it: there is no queue between them. Those who wait here go by their rank.
   * @throws the reason of `signal`; SlipwayError `dependency_unavailable`
   */
  async acquire(request: LeaseRequest): Promise<Lease> {
    const waiting = this.waiting.get(request.key) ?? new Set();
    this.waiting.set(request.key, waiting.add(request));
    try {
      return await this.turnOf(request);
    } finally {
      waiting.delete(request);
      if (waiting.size === 0) this.waiting.delete(request.key);
    }
  }

  private async turnOf(request: LeaseRequest): Promise<Lease> {
    let sighting: Sighting | undefined;
    let announced: number | null = null;
    for (;;) {
      request.signal?.throwIfAborted();
      const state = await this.records.read(request.key);
      sighting = sighting?.revision === state.revision ? sighting : { revision: state.revision, seenAt: performance.now() };
      const record = state.lease && !expired(state.lease, sighting) ? state.lease.record : undefined;
      if (!record && this.isForemost(request)) {
        const lease = await this.claim(request, state);
        if (lease) return lease;
        continue;
      }
      if (record && announced !== record.fencingToken) {
        announced = record.fencingToken;
        request.onWait?.(record);
      }
      await delay(Math.min(POLL_MS, (record ?? request).ttlMs / 3), undefined, { signal: request.signal });
    }
  }

  /** Who holds it, since when, and why; `undefined` when it is free. */
  async read(key: string): Promise<LeaseRecord | undefined> {
    return (await this.records.read(key)).lease?.record;
  }

  private isForemost({ key, rank = '' }: LeaseRequest): boolean {
    return [...(this.waiting.get(key) ?? [])].every((other) => rank <= (other.rank ?? ''));
  }

  private async claim(request: LeaseRequest, state: LeaseState): Promise<HeldLease | undefined> {
    const { key, holder, executionId, releaseId, reason, ttlMs } = request;
    const [at, now] = [performance.now(), this.now()];
    const record = { holder, executionId, releaseId, reason, ttlMs, acquiredAt: now, heartbeatAt: now, fencingToken: null };
    const revision = await this.records.write(key, record, state.revision);
    return revision === undefined ? undefined : new HeldLease(this.records, key, record, revision, at, this.now);
  }
}

const expired = ({ record }: StoredLease, { seenAt }: Sighting): boolean => performance.now() - seenAt >= record.ttlMs;
