import { randomBytes } from 'node:crypto';
import { sha256, SlipwayError } from '@slipway/contracts';
import { ensureStreams } from '@slipway/event-store-jetstream';
import { eventually, startNats, type NatsServer } from '@slipway/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { BlobStore } from './blob-store';

let server: NatsServer;
let connection: NatsConnection;
let blobs: BlobStore;

beforeAll(async () => {
  server = await startNats({ syncInterval: '2m' });
  connection = await connect({ servers: server.url });
  await ensureStreams(connection);
  blobs = new BlobStore(connection);
});
afterAll(async () => {
  await connection.close();
  await server.stop();
});

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}
const bytesOf = async (chunks: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
};
const chunks = async (): Promise<number> => {
  const { state } = await (await jetstreamManager(connection)).streams.info('OBJ_BLOBS', { subjects_filter: '$O.BLOBS.C.*' });
  return Object.values(state.subjects ?? {}).reduce((sum, count) => sum + count, 0);
};
/** Holds everybody until so many have come. */
const barrier = (count: number): (() => Promise<void>) => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  let come = 0;
  return () => {
    if (++come === count) open();
    return opened;
  };
};
const messages = async (): Promise<number> =>
  (await connection.request('$JS.API.STREAM.INFO.OBJ_BLOBS')).json<{ state: { messages: number } }>().state.messages;

describe('BlobStore', () => {
  it.each([0, 1, 1000, 256 * 1024, 3_000_001])('gives back %d bytes under their digest, as bytes or as a stream', async (size) => {
    const bytes = randomBytes(size);
    expect(await blobs.put(bytes)).toEqual({ digest: sha256(bytes), size });
    expect((await bytesOf(await blobs.get(sha256(bytes)))).equals(bytes)).toBe(true);
    const other = Buffer.concat([bytes, Buffer.from('x')]);
    expect(await blobs.put(inPieces(other, 10_000))).toEqual({ digest: sha256(other), size: size + 1 });
    expect((await bytesOf(await new BlobStore(connection).get(sha256(other)))).equals(other)).toBe(true);
  });

  it('stores the same content once', async () => {
    const bytes = randomBytes(600_000);
    await blobs.put(bytes);
    const before = await messages();
    await blobs.put(bytes);
    await new BlobStore(connection).put(bytes);
    expect(await messages()).toBe(before);
    await new BlobStore(connection).put(inPieces(bytes, 100_000));
    expect((await bytesOf(await blobs.get(sha256(bytes)))).equals(bytes)).toBe(true);
  });

  it('stores content once that two send at the same moment, and keeps no copy of the other', async () => {
    const bytes = randomBytes(600_000);
    const before = await chunks();
    // Both have looked whether it is there before either is done.
    const gate = barrier(2);
    const stores = [new BlobStore(connection), new BlobStore(connection)];
    for (const store of stores) {
      const has = store.has.bind(store);
      jest.spyOn(store, 'has').mockImplementation(async (digest) => {
        const found = await has(digest);
        await gate();
        return found;
      });
    }
    const put = stores.map((store) => store.put(inPieces(bytes, 100_000)));
    expect(await Promise.all(put)).toEqual([1, 2].map(() => ({ digest: sha256(bytes), size: 600_000 })));
    expect((await bytesOf(await blobs.get(sha256(bytes)))).equals(bytes)).toBe(true);
    await blobs.sweep(0);
    expect(await chunks()).toBe(before + 3);
  });

  it('gives way to another who stored the same a moment before', async () => {
    const bytes = randomBytes(300_000);
    const later = new BlobStore(connection);
    const has = later.has.bind(later);
    jest.spyOn(later, 'has').mockImplementation(async (digest) => {
      const found = await has(digest);
      await blobs.put(inPieces(bytes, 100_000));
      return found;
    });
    expect(await later.put(inPieces(bytes, 100_000))).toEqual({ digest: sha256(bytes), size: 300_000 });
    const before = await chunks();
    await blobs.sweep(0);
    expect(await chunks()).toBe(before);
  });

  it('sweeps away what killed processes left, and nothing else', async () => {
    await blobs.sweep(0);
    const kept = randomBytes(300_000);
    const { digest } = await blobs.put(inPieces(kept, 50_000));
    await blobs.putNamed('mine', kept);
    const before = await messages();
    await blobs.putNamed('upload-left', inPieces(randomBytes(600_000), 50_000));
    await blobs.putNamed('upload-removed', randomBytes(1_000));
    await blobs.removeNamed('upload-removed');
    await connection.request('$O.BLOBS.C.half', randomBytes(1_000));
    expect(await blobs.sweep(60_000)).toEqual({ names: 0, contents: 0 });
    expect(await blobs.sweep(0)).toEqual({ names: 2, contents: 2 });
    expect(await messages()).toBe(before);
    await expect(blobs.getNamed('upload-left')).rejects.toMatchObject({ code: 'unknown_resource' });
    for (const content of [await blobs.get(digest), await blobs.getNamed('mine')]) expect((await bytesOf(content)).equals(kept)).toBe(true);
  });

  it('sweeps a temporary name away whose content was given its own name, and keeps the content', async () => {
    const bytes = randomBytes(1_000);
    await blobs.putNamed('incoming-left', bytes);
    const name = (text: string): string => `$O.BLOBS.M.${Buffer.from(text).toString('base64').replaceAll('+', '-').replaceAll('/', '_')}`;
    const manager = await jetstreamManager(connection);
    const kept = (await manager.streams.getMessage('OBJ_BLOBS', { last_by_subj: '$O.BLOBS.M.*' }))!.json<{ name: string }>();
    await connection.request(name(sha256(bytes)), JSON.stringify({ ...kept, name: sha256(bytes) }));
    expect(await blobs.sweep(0)).toEqual({ names: 1, contents: 0 });
    expect((await bytesOf(await blobs.get(sha256(bytes)))).equals(bytes)).toBe(true);
  });

  it('reads from the leader what a replica does not have yet', async () => {
    const bytes = randomBytes(600_000);
    await blobs.put(bytes);
    const lagging = new Proxy(connection, {
      get: (target, member: keyof NatsConnection) => {
        if (member !== 'request') return typeof target[member] === 'function' ? target[member].bind(target) : target[member];
        return (subject: string, ...rest: [string, { timeout: number }]) =>
          subject.startsWith('$JS.API.DIRECT.GET')
            ? target.request(subject, JSON.stringify({ seq: 1, next_by_subj: 'not.there.yet' }), rest[1])
            : target.request(subject, ...rest);
      },
    });
    expect((await bytesOf(await new BlobStore(lagging).get(sha256(bytes)))).equals(bytes)).toBe(true);
  });

  it('knows what it has', async () => {
    const bytes = randomBytes(100);
    expect(await blobs.has(sha256(bytes))).toBe(false);
    await blobs.put(bytes);
    expect(await new BlobStore(connection).has(sha256(bytes))).toBe(true);
    await expect(blobs.get(sha256('another'))).rejects.toMatchObject({ code: 'unknown_resource' });
  });

  it('keeps named objects until they are removed', async () => {
    const bytes = randomBytes(300_000);
    expect(await blobs.putNamed('upload-1', inPieces(bytes, 50_000))).toEqual({ digest: sha256(bytes), size: 300_000 });
    expect((await bytesOf(await blobs.getNamed('upload-1'))).equals(bytes)).toBe(true);
    await blobs.removeNamed('upload-1');
    await blobs.removeNamed('upload-1');
    await expect(blobs.getNamed('upload-1')).rejects.toMatchObject({ code: 'unknown_resource' });
  });

  it('passes on what went wrong in the source, and keeps nothing of it', async () => {
    async function* tooLarge(): AsyncGenerator<Uint8Array> {
      yield randomBytes(500_000);
      throw new SlipwayError('artifact_too_large', 'too large');
    }
    const before = await messages();
    await expect(blobs.putNamed('upload-2', tooLarge())).rejects.toMatchObject({ code: 'artifact_too_large' });
    expect(await messages()).toBe(before);
    await expect(blobs.getNamed('upload-2')).rejects.toMatchObject({ code: 'unknown_resource' });
  });

  it('says so when the content is not what the digest says', async () => {
    const digest = sha256('what was stored');
    await blobs.putNamed(digest, Buffer.from('something else'));
    await expect(bytesOf(await blobs.get(digest))).rejects.toMatchObject({ code: 'internal' });
  });

  it('answers dependency_unavailable when its server is gone, and works again when it is back', async () => {
    const bytes = randomBytes(1000);
    await blobs.put(bytes);
    const impatient = await connect({ servers: server.url, maxReconnectAttempts: -1, reconnectTimeWait: 50 });
    const store = new BlobStore(impatient);
    const reading = await store.get(sha256(bytes));
    await server.kill();
    await expect(bytesOf(reading)).rejects.toMatchObject({ code: 'dependency_unavailable' });
    await server.start();
    await eventually(async () => (await bytesOf(await store.get(sha256(bytes)))).length === 1000);
    await impatient.close();
  }, 40_000);
});
