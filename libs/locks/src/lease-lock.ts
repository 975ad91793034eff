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

  constructor(
    connection: NatsConnection,
    private readonly now: () => string = () => new Date().toISOString(),
  ) {
    this.records = new LeaseRecords(connection);
  }

  /** Waits its turn. @throws the reason of `signal`; SlipwayError `dependency_unavailable` */
  async acquire(request: LeaseRequest): Promise<Lease> {
    let sighting: Sighting | undefined;
    let announced: number | null = null;
    for (;;) {
      request.signal?.throwIfAborted();
      const state = await this.records.read(request.key);
      sighting = sighting?.revision === state.revision ? sighting : { revision: state.revision, seenAt: performance.now() };
      if (!state.lease || expired(state.lease, sighting)) {
        const lease = await this.claim(request, state);
        if (lease) return lease;
        continue;
      }
      const { record } = state.lease;
      if (announced !== record.fencingToken) {
        announced = record.fencingToken;
        request.onWait?.(record);
      }
      await delay(Math.min(POLL_MS, record.ttlMs / 3), undefined, { signal: request.signal });
    }
  }

  /** Who holds it, since when, and why; `undefined` when it is free. */
  async read(key: string): Promise<LeaseRecord | undefined> {
    return (await this.records.read(key)).lease?.record;
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
