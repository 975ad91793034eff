import { SlipwayError } from '@slipway/contracts';
import type { KV } from '@nats-io/kv';

/** A stored value and the revision that a change of it must quote. */
export interface BucketEntry {
  readonly value: string;
  readonly revision: number;
}

/** What the secret store needs of a key-value bucket: compare-and-set on single keys. */
export interface SecretBucket {
  get(key: string): Promise<BucketEntry | undefined>;
  /** False: the key exists already. */
  create(key: string, value: string): Promise<boolean>;
  /** False: the key moved on since `revision`. */
  update(key: string, value: string, revision: number): Promise<boolean>;
  keys(filter: string): Promise<string[]>;
  /** Takes a key away, its history included. */
  remove(key: string): Promise<void>;
}

/** JetStream: `wrong last sequence`, plain (10071) or of the key-value create (10164). */
const LOST_RACE = new Set([10071, 10164]);
const lostRace = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'number' && LOST_RACE.has(error.code);

const unreachable = (cause: unknown): never => {
  throw new SlipwayError('dependency_unavailable', 'The secret store cannot be reached right now. Try again shortly.', {}, { cause });
};

/** The bucket SECRETS on JetStream; ciphertext only. `open` gives the bucket. Errors: `dependency_unavailable`. */
export function jetStreamBucket(open: () => Promise<KV>): SecretBucket {
  const won = (write: (kv: KV) => Promise<number>): Promise<boolean> =>
    open()
      .then(write)
      .then(
        () => true,
        (error: unknown) => (lostRace(error) ? false : unreachable(error)),
      );
  const read = <T>(work: (kv: KV) => Promise<T>): Promise<T> => open().then(work).catch(unreachable);
  return {
    get: (key) =>
      read(async (kv) => {
        const entry = await kv.get(key);
        return entry?.operation === 'PUT' ? { value: entry.string(), revision: entry.revision } : undefined;
      }),
    create: (key, value) => won((kv) => kv.create(key, value)),
    update: (key, value, revision) => won((kv) => kv.update(key, value, revision)),
    remove: (key) => read((kv) => kv.purge(key)),
    keys: (filter) =>
      read(async (kv) => {
        const found: string[] = [];
        for await (const key of await kv.keys(filter)) found.push(key);
        return found;
      }),
  };
}
