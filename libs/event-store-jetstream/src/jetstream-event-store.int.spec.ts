import { eventStoreConformance } from '@slipway/event-sourcing';
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
