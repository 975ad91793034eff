import { eventStoreConformance } from '@slipway/event-sourcing';
import { startNats, type NatsServer } from '@slipway/testing';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { JetStreamEventStore } from './jetstream-event-store';
import { ensureStreams } from './streams';

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

eventStoreConformance('JetStreamEventStore', () => store);
