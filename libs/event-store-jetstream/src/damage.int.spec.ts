import { context, trace } from '@opentelemetry/api';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { randomBytes } from 'node:crypto';
import { collect, CommandRunner, EMPTY_HEAD, headOf, projectAppend } from '@slipway/event-sourcing';
import { STREAMS, type AggregateRef } from '@slipway/contracts';
import { startNats, type NatsServer } from '@slipway/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import { JetStreamEventStore } from './jetstream-event-store';
import { assertStreams, ensureStreams, LOGS_MAX_BYTES } from './streams';
import { verifyLog } from './verify-log';

let server: NatsServer;
let connection: NatsConnection;
let store: JetStreamEventStore;

beforeAll(async () => {
  server = await startNats({ syncInterval: '2m' });
  connection = await connect({ servers: server.url });
  await ensureStreams(connection);
  store = new JetStreamEventStore(connection);
});
afterAll(async () => {
  await connection.close();
  await server.stop();
});

const newProject = (): AggregateRef => {
  const id = `p${randomBytes(6).toString('hex')}`;
  return { projectId: id, type: 'project', id };
};

describe('a message that no service stored', () => {
  it('is refused by whoever would decide on it or project it, and nobody else is held up', async () => {
    const [ref, other, after] = [newProject(), newProject(), await store.position()];
    const { recorded } = await store.append(projectAppend(ref, EMPTY_HEAD, 'genuine'));
    const forged = headers();
    forged.set('Slipway-Digest', recorded[0]!.digest);
    forged.set('Slipway-Previous', recorded[0]!.digest);
    forged.set('Slipway-Earlier', recorded[0]!.position.toString(36));
    const body = JSON.stringify({ ...recorded[0]!.event, action: 'project.updated', aggregate_version: 2, detail: { title: 'forged' } });
    await connection.request(`events.${ref.projectId}.project.updated.${ref.id}`, body, { headers: forged, timeout: 5000 });
    await connection.request(`events.${ref.projectId}.project.updated.garbage`, '{"no":"event"}');

    await expect(store.read(ref)).rejects.toMatchObject({ code: 'internal', message: expect.stringContaining('bytes changed') });
    const mine = store.subscribe({ after, subjects: [`events.${ref.projectId}.>`] });
    await expect(collect(mine, () => false)).rejects.toMatchObject({ code: 'internal' });

    const appended = await store.append(projectAppend(other, EMPTY_HEAD, 'elsewhere'));
    const theirs = store.subscribe({ after, subjects: [`events.${other.projectId}.>`] });
    expect(await collect(theirs, (events) => events.length > 0)).toEqual(appended.recorded);
    const { findings } = await verifyLog(connection);
    expect(findings.map(({ position, kind }) => [position - after, kind])).toEqual([
      [2, 'digest'],
      [3, 'not_an_event'],
    ]);
  });
});

describe('a log that was set back and went on', () => {
  it('is noticed by a process that remembers better', async () => {
    const ref = newProject();
    const projects = { type: 'project' as const, initial: 0, evolve: (events: number) => events + 1 };
    const runner = new CommandRunner(store);
    const one = await store.append(projectAppend(ref, EMPTY_HEAD, 'one'));
    await runner.load(projects, ref);
    // A log restored from yesterday's backup would hold another first event; this one's successor links to such a one.
    const elsewhere = { ...headOf(one.recorded[0]!), digest: `sha256:${'0'.repeat(64)}` };
    await store.append(projectAppend(ref, elsewhere, 'two'));
    await expect(runner.load(projects, ref)).rejects.toMatchObject({ code: 'log_behind_checkpoint' });
  });
});

describe('stream configuration', () => {
  it('is refused where it would void the guarantees, naming the field', async () => {
    await expect(assertStreams(connection)).resolves.toBeUndefined();
    const own = await startNats({ syncInterval: '2m' });
    const admin = await connect({ servers: own.url });
    await admin.request(
      '$JS.API.STREAM.CREATE.EVENTS',
      JSON.stringify({ name: 'EVENTS', subjects: ['events.>'], storage: 'file', max_age: 60_000_000_000 }),
    );
    await expect(ensureStreams(admin)).rejects.toMatchObject({ code: 'internal', details: { stream: 'EVENTS', field: 'discard' } });
    await expect(assertStreams(admin)).rejects.toMatchObject({ code: 'internal' });
    await admin.close();
    await own.stop();
  });

  it('bounds what log lines may take of the disk, also of a stream that was made without', async () => {
    const { streams } = await jetstreamManager(connection);
    const bound = async (): Promise<number> => (await streams.info(STREAMS.logs)).config.max_bytes;
    expect(await bound()).toBe(LOGS_MAX_BYTES);
    await streams.update(STREAMS.logs, { max_bytes: -1 });
    await ensureStreams(connection);
    expect(await bound()).toBe(LOGS_MAX_BYTES);
    await ensureStreams(connection, { logsMaxBytes: 64 * 1024 ** 2 });
    await ensureStreams(connection);
    expect(await bound()).toBe(64 * 1024 ** 2);
  });
});

describe('trace context', () => {
  it('goes with the event to whoever reacts to it', async () => {
    new NodeTracerProvider().register();
    const span = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 };
    const ref = newProject();
    const { recorded } = await context.with(trace.setSpanContext(context.active(), span), () =>
      store.append(projectAppend(ref, EMPTY_HEAD, 'traced')),
    );
    expect(recorded[0]!.traceparent).toBe('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01');
    expect(await store.read(ref)).toEqual(recorded);
  });
});
