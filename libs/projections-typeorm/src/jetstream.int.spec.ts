import { rmSync } from 'node:fs';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { isSlipwayError } from '@slipway/contracts';
import { ensureStreams, JetStreamEventStore } from '@slipway/event-store-jetstream';
import { eventually, startNats, startPostgres, type NatsServer, type PostgresDatabase } from '@slipway/testing';
import { dump, Ledger, migrateLedger, startReplica, type Replica } from './fixture/ledger';
import { Projects } from './fixture/projects';

describe('projections of the log on JetStream', () => {
  let nats: NatsServer;
  let connection: NatsConnection;
  let database: PostgresDatabase;
  let store: JetStreamEventStore;
  let projects: Projects;
  let replica: Replica;

  beforeEach(async () => {
    [nats, database] = await Promise.all([startNats(), startPostgres()]);
    connection = await connect({ servers: nats.url, maxReconnectAttempts: -1, reconnectTimeWait: 50 });
    await ensureStreams(connection);
    store = new JetStreamEventStore(connection, { heartbeatMs: 500 });
    projects = new Projects(store, 25);
    await migrateLedger(database.url);
    replica = await startReplica(database.url, store, { projections: [new Ledger()] });
  }, 60_000);
  afterEach(async () => {
    await replica.stop();
    await connection.close();
    await Promise.all([nats.stop(), database.stop()]);
  });

  it('catch up, follow, and rebuild to the same bytes', async () => {
    await replica.host.waitFor('ledger', await projects.append(60));
    await replica.stop();
    await projects.append(600);
    replica = await startReplica(database.url, store, { projections: [new Ledger()] });
    await replica.host.waitFor('ledger', await projects.append(1), 20_000);
    const rows = await dump(replica.source);
    await replica.host.rebuild('ledger');
    expect(await dump(replica.source)).toBe(rows);
    expect(JSON.parse(rows)).toMatchObject({ entries: { length: 661 } });
  }, 60_000);

  it('go on by themselves when nats-server is killed and started again', async () => {
    await replica.host.waitFor('ledger', await projects.append(30));
    for (let round = 0; round < 2; round++) {
      await nats.kill();
      await nats.start();
      const position = await eventually(() => projects.append(30), { timeoutMs: 30_000 });
      await replica.host.waitFor('ledger', position, 30_000);
    }
    expect(await replica.source.query('SELECT count(*) AS n, max(position) AS last FROM entry')).toEqual([{ n: 90, last: 90 }]);
  }, 90_000);

  it('refuse a log whose storage was lost while they ran', async () => {
    await replica.host.waitFor('ledger', await projects.append(30));
    await nats.kill();
    rmSync(nats.storeDirectory, { recursive: true, force: true });
    await nats.start();
    await eventually(() => ensureStreams(connection).then(() => true), { timeoutMs: 30_000 });
    await new Projects(store).append(10);
    const refused = await eventually(
      () => {
        try {
          replica.host.integrity.assertSound();
          return undefined;
        } catch (error) {
          return error;
        }
      },
      { timeoutMs: 30_000 },
    );
    expect(isSlipwayError(refused) && refused.code).toBe('log_behind_checkpoint');
    expect(await replica.source.query('SELECT count(*) AS n FROM entry')).toEqual([{ n: 30 }]);
  }, 90_000);
});
