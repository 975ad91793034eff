import { mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { BUCKETS, STREAMS } from '@slipway/contracts';
import { startNats, type NatsServer } from '@slipway/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { Objm } from '@nats-io/obj';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { ensureStreams } from '../streams';
import { BACKED_UP } from './backed-up-streams';
import { restoreStream } from './restore';
import { snapshotStream, type StreamBackup } from './snapshot';

const EVENTS = 400;
let servers: NatsServer[];
let source: NatsConnection;
let target: NatsConnection;
const directory = mkdtempSync(join(tmpdir(), 'slipway-backup-'));
const fileOf = (stream: string): string => join(directory, `${stream}.tar.s2`);
const blob = randomBytes(1_500_000);
let backups: StreamBackup[];

beforeAll(async () => {
  servers = [await startNats({ syncInterval: '2m' }), await startNats({ syncInterval: '2m' })];
  source = await connect({ servers: servers[0]!.url });
  target = await connect({ servers: servers[1]!.url });
  await ensureStreams(source);
  const js = jetstream(source);
  for (let n = 1; n <= EVENTS; n++) await js.publish(`events.p.release.previewed.r${n}`, `event ${n}`);
  const blobs = await new Objm(source).open(BUCKETS.blobs);
  await blobs.putBlob({ name: 'sha256-blob' }, blob);
  backups = [];
  for (const stream of BACKED_UP) backups.push(await snapshotStream(source, stream, fileOf(stream)));
});
afterAll(async () => {
  await Promise.all([source.close(), target.close()]);
  await Promise.all(servers.map((server) => server.stop()));
});

describe('backup and restore of the log', () => {
  it('saves while serving, and an empty server becomes the same', async () => {
    expect(backups[0]!.state).toMatchObject({ messages: EVENTS, first_seq: 1, last_seq: EVENTS });
    for (const [index, stream] of BACKED_UP.entries()) await restoreStream(target, backups[index]!, fileOf(stream));
    const { streams } = await jetstreamManager(target);
    const last = await streams.getMessage(STREAMS.events, { seq: EVENTS });
    expect(last).toMatchObject({ subject: `events.p.release.previewed.r${EVENTS}` });
    expect(last!.string()).toBe(`event ${EVENTS}`);
    const blobs = await new Objm(target).open(BUCKETS.blobs);
    expect(Buffer.compare(Buffer.from((await blobs.getBlob('sha256-blob'))!), blob)).toBe(0);
    // Every field that the append algorithm relies on came along.
    await ensureStreams(target);
    const again = await jetstream(target).publish('events.p.release.previewed.r1', 'next');
    expect(again.seq).toBe(EVENTS + 1);
  });

  it('does not touch a stream that is there', async () => {
    await expect(restoreStream(source, backups[0]!, fileOf(STREAMS.events))).rejects.toMatchObject({ code: 'dependency_unavailable' });
    const { streams } = await jetstreamManager(source);
    expect((await streams.info(STREAMS.events)).state.messages).toBe(EVENTS);
  });

  it('says so when the file is cut off', async () => {
    const third = await startNats({ syncInterval: '2m' });
    const connection = await connect({ servers: third.url });
    const cut = join(directory, 'cut');
    writeFileSync(cut, readFileSync(fileOf(STREAMS.events)));
    truncateSync(cut, 2_000);
    await expect(restoreStream(connection, backups[0]!, cut)).rejects.toMatchObject({ name: 'SlipwayError' });
    await connection.close();
    await third.stop();
  });
});
