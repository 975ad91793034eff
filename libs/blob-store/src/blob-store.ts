import { createHash, randomUUID } from 'node:crypto';
import { ReadableStream } from 'node:stream/web';
import { BUCKETS, isSlipwayError, sha256, SlipwayError, unknownResource } from '@slipway/contracts';
import { jetstreamManager } from '@nats-io/jetstream';
import { Objm, type ObjectInfo, type ObjectStore } from '@nats-io/obj';
import type { NatsConnection } from '@nats-io/transport-node';
import { chunksOf } from './chunks';
import { sweep, type Swept } from './sweep';

export interface StoredBlob {
  /** `sha256:<hex>` of the content. */
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
}
export type BlobSource = Uint8Array | AsyncIterable<Uint8Array>;

const CHUNK_BYTES = 256 * 1024;
/** What the client says before it would rename over another object. */
const NAME_TAKEN = 'an object already exists with that name';
const REMEMBERED = 10_000;

/**
 * What is too big for an event: content-addressed, immutable, in the bucket BLOBS of the JetStream object store. Named objects
 * (uploads on their way in) live beside them until removed. Every read is verified against its digest.
 * Errors: `unknown_resource`, `dependency_unavailable`; a source's own error comes through as it is.
 */
export class BlobStore {
  private readonly known = new Set<string>();
  private opened: Promise<ObjectStore> | undefined;

  constructor(private readonly connection: NatsConnection) {}

  /** Stores content under its digest; the same content twice is stored once. */
  async put(source: BlobSource): Promise<StoredBlob> {
    if (source instanceof Uint8Array) return this.putBytes(source);
    const name = `incoming-${randomUUID()}`;
    const blob = await this.putNamed(name, source);
    if ((await this.has(blob.digest)) || !(await this.rename(name, blob.digest))) await this.removeNamed(name);
    this.remember(blob.digest);
    return blob;
  }

  /** Stores or replaces a named object. The caller bounds its size by the source (an error of the source ends it, and nothing stays). */
  async putNamed(name: string, source: BlobSource): Promise<StoredBlob> {
    const stream = source instanceof Uint8Array ? streamOf([source]) : streamOf(source);
    const meta = { name, options: { max_chunk_size: CHUNK_BYTES } };
    return blobOf(await this.attempt((store) => store.put(meta, stream)));
  }

  /** @throws SlipwayError `unknown_resource` at once; `internal` at the end of the read if the content is not what the digest says */
  async get(digest: string): Promise<AsyncIterable<Uint8Array>> {
    return this.read(digest, digest);
  }

  async getNamed(name: string): Promise<AsyncIterable<Uint8Array>> {
    return this.read(name, undefined);
  }

  async has(digest: string): Promise<boolean> {
    if (this.known.has(digest)) return true;
    const info = await this.attempt((store) => store.info(digest));
    const found = info !== null && !info.deleted;
    if (found) this.remember(digest);
    return found;
  }

  /** Nothing happens if there is none. */
  async removeNamed(name: string): Promise<void> {
    await this.attempt((store) => store.delete(name));
  }

  /** Removes what processes that were killed left behind: temporary objects, and contents without a name, older than this. */
  async sweep(olderThanMs: number): Promise<Swept> {
    return this.attempt(async () => sweep(await jetstreamManager(this.connection, { checkAPI: false }), olderThanMs));
  }

  /** @returns false where another has stored the same meanwhile. */
  private async rename(name: string, to: string): Promise<boolean> {
    try {
      await this.attempt((store) => store.update(name, { name: to }));
      return true;
    } catch (error) {
      if (error instanceof Error && error.message === NAME_TAKEN) return false;
      throw error;
    }
  }

  private async putBytes(bytes: Uint8Array): Promise<StoredBlob> {
    const digest = sha256(bytes);
    if (!(await this.has(digest))) await this.putNamed(digest, bytes);
    this.remember(digest);
    return { digest, size: bytes.length };
  }

  private async read(name: string, digest: string | undefined): Promise<AsyncIterable<Uint8Array>> {
    const info = await this.attempt((store) => store.info(name));
    if (!info || info.deleted) throw unknownResource('blob', name);
    return verified(chunksOf(this.connection, info), digest ?? blobOf(info).digest, info.size);
  }

  private async attempt<T>(work: (store: ObjectStore) => Promise<T>): Promise<T> {
    try {
      this.opened ??= new Objm(this.connection).open(BUCKETS.blobs, false);
      return await work(await this.opened);
    } catch (error) {
      this.opened = undefined;
      throw isSlipwayError(error) || !isFromNats(error) ? error : unavailable(error);
    }
  }

  private remember(digest: string): void {
    this.known.add(digest);
    if (this.known.size > REMEMBERED) this.known.delete(this.known.values().next().value!);
  }
}

const streamOf = (source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): ReadableStream<Uint8Array> => ReadableStream.from(source);

/** NATS writes `SHA-256=<base64url>`. */
const blobOf = ({ digest, size }: ObjectInfo): StoredBlob => ({
  digest: `sha256:${Buffer.from(digest.slice('SHA-256='.length), 'base64url').toString('hex')}`,
  size,
});

async function* verified(chunks: AsyncIterable<Uint8Array>, digest: string, size: number): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let read = 0;
  for await (const chunk of chunks) {
    hash.update(chunk);
    read += chunk.length;
    yield chunk;
  }
  const found = `sha256:${hash.digest('hex')}`;
  if (found === digest && read === size) return;
  throw new SlipwayError('internal', `The blob ${digest} is damaged: its content has the digest ${found}`, { digest, found, size, read });
}

/** The client's own errors and the server's refusals; anything else was thrown by the caller's source. */
const isFromNats = (error: unknown): boolean =>
  error instanceof Error &&
  /^(JetStream|Timeout|Request|NoResponders|ClosedConnection|DrainingConnection|Connection|PermissionViolation|StreamNotFound)/.test(
    error.name,
  );

const unavailable = (cause: unknown): SlipwayError =>
  new SlipwayError('dependency_unavailable', 'The blob store cannot be reached right now. Try again shortly.', {}, { cause });
