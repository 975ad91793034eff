import { Kvm } from '@nats-io/kv';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { eventually, startNats, type NatsServer } from '@slipway/testing';
import { jetStreamBucket } from './secret-bucket';
import { newKeys, secretStoreCases } from './secret-store.cases.fixture';
import { SecretStore } from './secret-store';

let nats: NatsServer;
let connection: NatsConnection;
let buckets = 0;
beforeAll(async () => {
  nats = await startNats({ syncInterval: '2m' });
  connection = await connect({ servers: nats.url, maxReconnectAttempts: -1, reconnectTimeWait: 100 });
});
afterAll(async () => {
  await connection?.close();
  await nats?.stop();
});

const open = (name: string) => new Kvm(connection).create(name, { history: 5, timeout: 1000 });

describe('secrets in a JetStream bucket', () => {
  secretStoreCases(async () => {
    const kv = await open(`secrets-${++buckets}`);
    return jetStreamBucket(async () => kv);
  });

  it('are unavailable, not lost, while the server is away', async () => {
    const kv = await open('secrets-away');
    const secrets = new SecretStore(
      jetStreamBucket(async () => kv),
      newKeys(),
    );
    const scope = { projectId: 'shop', environmentId: 'env-a' };
    await secrets.put(scope, 'database', 'a value', { actorId: 'ada', now: '' });
    await nats.kill();
    await expect(secrets.pin(scope, 'database')).rejects.toMatchObject({ code: 'dependency_unavailable' });
    await nats.start();
    expect(await eventually(async () => secrets.pin(scope, 'database').catch(() => undefined))).toMatchObject({ version: 1 });
  });
});
