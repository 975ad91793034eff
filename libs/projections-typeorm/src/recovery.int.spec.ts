import { InMemoryEventStore } from '@slipway/event-sourcing';
import { eventually, startPostgresAlone, type PostgresServer } from '@slipway/testing';
import { dump, Ledger, migrateLedger, startReplica, type Replica } from './fixture/ledger';
import { Projects } from './fixture/projects';

describe('PostgreSQL killed and started again', () => {
  let server: PostgresServer;
  let replica: Replica;

  beforeAll(async () => {
    server = await startPostgresAlone();
    await migrateLedger(server.url);
  }, 60_000);
  afterAll(async () => {
    await replica.stop();
    await server.stop();
  });

  it('is survived: the read model goes on by itself and holds every event once', async () => {
    const store = new InMemoryEventStore();
    const projects = new Projects(store);
    replica = await startReplica(server.url, store, { projections: [new Ledger()] });
    for (let round = 0; round < 3; round++) {
      await projects.append(200);
      const writing = projects.append(300);
      await server.kill();
      const position = await writing;
      await expect(replica.host.waitFor('ledger', position + 1, 50)).rejects.toMatchObject({ code: 'dependency_unavailable' });
      await server.start();
      await replica.host.waitFor('ledger', position, 20_000);
    }
    expect(await replica.source.query('SELECT count(*) AS n, min(position) AS first, max(position) AS last FROM entry')).toEqual([
      { n: 1500, first: 1, last: 1500 },
    ]);
    expect(await replica.source.query('SELECT sum(events)::int AS n FROM tally')).toEqual([{ n: 1500 }]);
    await eventually(async () => (await replica.host.status())[0]?.state === 'live');
    expect(await dump(replica.source)).toContain('"position":1500');
  }, 90_000);
});
