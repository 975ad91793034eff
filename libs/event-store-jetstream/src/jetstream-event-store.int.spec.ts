import { randomBytes } from 'node:crypto';
import type { AggregateRef } from '@slipway/contracts';
import { EMPTY_HEAD, eventStoreConformance, projectAppend, StaleVersion } from '@slipway/event-sourcing';
import { startNats, type NatsServer } from '@slipway/testing';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { JetStreamEventStore } from './jetstream-event-store';
import { ensureStreams } from './streams';

let server: NatsServer;
let connection: NatsConnection;
const stores = new Map<number, JetStreamEventStore>();

beforeAll(async () => {
  server = await startNats({ syncInterval: '2m' });
  connection = await connect({ servers: server.url });
  await ensureStreams(connection);
  for (const gatherMs of [0, 10]) stores.set(gatherMs, new JetStreamEventStore(connection, { gatherMs }));
});
afterAll(async () => {
  await connection.close();
  await server.stop();
});

eventStoreConformance('JetStreamEventStore', () => stores.get(0)!);
eventStoreConformance('JetStreamEventStore that gathers', () => stores.get(10)!);

/** nats-server takes one expectation in 128 of a batch for another's where both lie at the same byte of their headers. */
it('checks the expectation of every aggregate of an atomic append', async () => {
  const store = stores.get(0)!;
  const project = (): AggregateRef => {
    const id = `p${randomBytes(8).toString('hex')}`;
    return { projectId: id, type: 'project', id };
  };
  const race = async (): Promise<void> => {
    const [fresh, stale] = [project(), project()];
    await store.append(projectAppend(stale, EMPTY_HEAD, 'first'));
    const both = [fresh, stale].map((ref) => projectAppend(ref, EMPTY_HEAD, 'second'));
    await expect(store.appendAtomically(both)).rejects.toBeInstanceOf(StaleVersion);
  };
  for (let round = 0; round < 100; round++) await Promise.all(Array.from({ length: 8 }, race));
}, 60_000);
