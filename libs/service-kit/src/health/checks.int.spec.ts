import { connect } from '@nats-io/transport-node';
import { ensureStreams } from '@slipway/event-store-jetstream';
import { eventually, startNats, startPostgresAlone, type NatsServer, type PostgresServer } from '@slipway/testing';
import { Client } from 'pg';
import { Registry } from 'prom-client';
import { NatsLink } from '../nats/nats-link';
import { captureLogs } from '../rpc/rpc.fixture';
import { HealthServer } from './health-server';
import { jetStreamCheck } from './jetstream.check';
import { postgresCheck } from './postgres.check';
import { Readiness, type ReadinessReport } from './readiness';

const SCHEMA = 'release';

describe('readiness of a process', () => {
  let nats: NatsServer;
  let postgres: PostgresServer;
  let link: NatsLink;
  let health: HealthServer;
  let url: string;
  let closeCheck: () => Promise<void>;
  const ready = async (): Promise<{ status: number; report: ReadinessReport }> => {
    const response = await fetch(`${url}/healthz/ready`);
    return { status: response.status, report: (await response.json()) as ReadinessReport };
  };
  const becomes = (status: number, failing: string[]) =>
    eventually(async () => {
      const now = await ready();
      expect(now).toMatchObject({ status, report: { failing } });
      return now.report;
    });

  beforeAll(async () => {
    [nats, postgres] = await Promise.all([startNats(), startPostgresAlone()]);
    const bootstrap = await connect({ servers: nats.url });
    await ensureStreams(bootstrap);
    await bootstrap.close();
    const { runMigrations } = await import('@slipway/projections-typeorm');
    await runMigrations({ databaseUrl: postgres.url, schema: SCHEMA, migrations: [] });
    const { logger } = captureLogs();
    link = await NatsLink.open({ url: nats.url, user: 'release', password: 'x', service: 'release', instance: 'one', logger });
    const readiness = new Readiness({ maxAgeMs: 0 });
    const database = postgresCheck(postgres.url, SCHEMA, 'one');
    closeCheck = () => database.close();
    readiness.add(jetStreamCheck(link, 'release', 'one'));
    readiness.add(database);
    readiness.open();
    health = new HealthServer({ host: '127.0.0.1', port: 0, readiness, registries: [new Registry()] });
    url = `http://127.0.0.1:${await health.listen()}`;
  }, 60_000);
  afterAll(async () => {
    await closeCheck();
    await health.close();
    await link.close();
    await Promise.all([nats.stop(), postgres.stop()]);
  });

  it('is on when a write and a read of both succeed, and leaves nothing behind', async () => {
    expect(await becomes(200, [])).toMatchObject({ status: 'ready', checks: { event_log: { ok: true }, database: { ok: true } } });
    const client = new Client({ connectionString: postgres.url });
    await client.connect();
    expect((await client.query(`SELECT * FROM ${SCHEMA}.checkpoint`)).rowCount).toBe(0);
    await client.end();
  });

  it('goes off naming what is away, and on again by itself', async () => {
    await nats.kill();
    await becomes(503, ['event_log']);
    await postgres.kill();
    const both = await becomes(503, ['event_log', 'database']);
    expect(both.checks['database']!.error).toBeTruthy();
    expect((await fetch(`${url}/healthz/live`)).status).toBe(200);
    await Promise.all([nats.start(), postgres.start()]);
    await becomes(200, []);
  });

  it('says that start-up is not over until it is', async () => {
    expect((await fetch(`${url}/healthz/startup`)).status).toBe(503);
    health.markStarted();
    expect((await fetch(`${url}/healthz/startup`)).status).toBe(200);
    expect((await fetch(`${url}/elsewhere`)).status).toBe(404);
  });
});
