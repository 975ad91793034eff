import { BUCKETS, SlipwayError } from '@slipway/contracts';
import { JetStreamApiError } from '@nats-io/jetstream';
import { Kvm, type KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';

/** What a lease says about itself to whoever waits for it (FIELD.md, item 9). */
export interface LeaseRecord {
  readonly holder: string;
  readonly executionId: string;
  readonly releaseId: string;
  readonly reason: string;
  /** RFC 3339, by the holder's clock: for people; expiry is judged otherwise. */
  readonly acquiredAt: string;
  readonly heartbeatAt: string;
  readonly ttlMs: number;
  /** Grows with every acquisition of any lease. `null` in the very write that acquires. */
  readonly fencingToken: number | null;
}
export interface StoredLease {
  readonly record: LeaseRecord;
  readonly revision: number;
}
/** `undefined` lease: free; `revision` is what a claim must expect (0: the key was never used). */
export interface LeaseState {
  readonly lease: StoredLease | undefined;
  readonly revision: number;
}

const WRONG_REVISION = new Set([10071, 10164]);

/** Records of leases in the bucket LOCKS; every write compares the revision. Errors: `dependency_unavailable`. */
export class LeaseRecords {
  private opened: Promise<KV> | undefined;

  constructor(private readonly connection: NatsConnection) {}

  async read(key: string): Promise<LeaseState> {
    const entry = await this.attempt((bucket) => bucket.get(key));
    if (!entry) return { lease: undefined, revision: 0 };
    if (entry.operation !== 'PUT') return { lease: undefined, revision: entry.revision };
    const record = withToken(entry.json<LeaseRecord>(), entry.revision);
    return { lease: { record, revision: entry.revision }, revision: entry.revision };
  }

  /** The new revision; `undefined` if the key is not at `revision` any more. */
  async write(key: string, record: LeaseRecord, revision: number): Promise<number | undefined> {
    return this.compared((bucket) => bucket.put(key, JSON.stringify(record), { previousSeq: revision, timeout: 2000 }));
  }

  /** False if the key is not at `revision` any more. */
  async free(key: string, revision: number): Promise<boolean> {
    const freed = await this.compared(async (bucket) => {
      await bucket.delete(key, { previousSeq: revision });
      return true;
    });
    return freed ?? false;
  }

  private async compared<T>(write: (bucket: KV) => Promise<T>): Promise<T | undefined> {
    return this.attempt((bucket) =>
      write(bucket).catch((error: unknown) => {
        if (error instanceof JetStreamApiError && WRONG_REVISION.has(error.code)) return undefined;
        throw error;
      }),
    );
  }

  private async attempt<T>(work: (bucket: KV) => Promise<T>): Promise<T> {
    try {
      // Reads go to the leader: a follower may not have the latest revision.
      this.opened ??= new Kvm(this.connection).open(BUCKETS.locks, { allow_direct: false });
      return await work(await this.opened);
    } catch (cause) {
      this.opened = undefined;
      throw new SlipwayError(
        'dependency_unavailable',
        'The lock store cannot be reached, so nothing may start. Try again shortly.',
        {},
        { cause },
      );
    }
  }
}

/** The write that acquires cannot know its own revision, which is the token. */
const withToken = (record: LeaseRecord, revision: number): LeaseRecord => ({ ...record, fencingToken: record.fencingToken ?? revision });
