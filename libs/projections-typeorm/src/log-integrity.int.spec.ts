import { InMemoryEventStore } from '@slipway/event-sourcing';
import { eventually, startPostgres, type PostgresDatabase } from '@slipway/testing';
import { dump, Ledger, migrateLedger, startReplica, type Replica } from './fixture/ledger';
import { Projects } from './fixture/projects';

describe('a log that lost events', () => {
  let database: PostgresDatabase;
  const replicas: Replica[] = [];
  const start = async (store: InMemoryEventStore): Promise<Replica> => {
    const replica = await startReplica(database.url, store, { projections: [new Ledger()] });
    replicas.push(replica);
    return replica;
  };
  const applied = async (count: number): Promise<void> => {
    const store = new InMemoryEventStore();
    const { host } = await start(store);
    await host.waitFor('ledger', await new Projects(store).append(count));
    await replicas.pop()!.stop();
  };
  const refusal = (replica: Pick<Replica, 'host'>): unknown => {
    try {
      replica.host.integrity.assertSound();
      return undefined;
    } catch (error) {
      return error;
    }
  };

  beforeEach(async () => {
    database = await startPostgres();
    await migrateLedger(database.url);
  });
  afterEach(async () => {
    await Promise.all(replicas.splice(0).map((replica) => replica.stop()));
    await database.stop();
  });

  it('is refused when a checkpoint is ahead of it, until the read model is rebuilt on it', async () => {
    await applied(20);
    const shorter = new InMemoryEventStore();
    const projects = new Projects(shorter);
    await projects.append(12);
    const [replica, other] = [await start(shorter), await start(shorter)];
    for (const { host } of [replica, other]) {
      const error = await eventually(() => refusal({ host }));
      expect(error).toMatchObject({ code: 'log_behind_checkpoint', details: { projection: 'ledger', checkpoint: 20, head: 12 } });
    }
    const states = [...(await replica.host.status()), ...(await other.host.status())].sort((a, b) => a.state.localeCompare(b.state));
    expect(states).toMatchObject([
      { state: 'standby', position: 20 },
      { state: 'stopped', position: 20, error: expect.stringContaining('log ends at 12') },
    ]);
    expect(await replica.source.query('SELECT count(*) AS n FROM entry')).toEqual([{ n: 20 }]);

    await projects.append(30);
    expect(refusal(replica)).toBeDefined();

    await other.host.rebuild('ledger');
    await eventually(() => refusal(replica) === undefined && refusal(other) === undefined);
    await replica.host.waitFor('ledger', await projects.append(1));
    expect(await replica.source.query('SELECT count(*) AS n FROM entry')).toEqual([{ n: 43 }]);
  });

  it('is refused when it is longer, but not the one that was applied', async () => {
    await applied(5);
    const another = new InMemoryEventStore();
    await new Projects(another, 1).append(30);
    const replica = await start(another);
    const error = await eventually(() => refusal(replica));
    expect(error).toMatchObject({ code: 'log_behind_checkpoint', message: expect.stringContaining('not the one') });
    await replica.host.rebuild('ledger');
    await eventually(() => refusal(replica) === undefined);
    expect(JSON.parse(await dump(replica.source))).toMatchObject({ tallies: [{ project_id: 'p-0', events: 30 }] });
  });

  it('is accepted when it has grown', async () => {
    const store = new InMemoryEventStore();
    const projects = new Projects(store);
    const first = await start(store);
    await first.host.waitFor('ledger', await projects.append(5));
    await replicas.pop()!.stop();
    const position = await projects.append(5);
    const second = await start(store);
    await second.host.waitFor('ledger', position);
    expect(refusal(second)).toBeUndefined();
  });
});
