import { InMemoryEventStore, type EventBatch, type EventStore, type Recorded, type SubscribeOptions } from '@slipway/event-sourcing';
import { eventually, startPostgres, type PostgresDatabase } from '@slipway/testing';
import { dump, Ledger, migrateLedger, startReplica, type Replica } from './fixture/ledger';
import { Projects } from './fixture/projects';
import type { Sql } from './projection';

/** Delivers the latest events again, as a consumer does after a lost acknowledgement. */
class Redelivering extends InMemoryEventStore {
  override async *subscribe(options: SubscribeOptions): AsyncGenerator<EventBatch> {
    let last: EventBatch | undefined;
    for await (const batch of super.subscribe({ ...options, after: Math.max(0, options.after - 7) })) {
      yield { ...batch, events: [...(last?.events.slice(-3) ?? []), ...batch.events] };
      last = batch;
    }
  }
}

describe('projections on PostgreSQL', () => {
  let database: PostgresDatabase;
  const replicas: Replica[] = [];
  const start = async (store: EventStore, ledger: Ledger = new Ledger()): Promise<Replica> => {
    const replica = await startReplica(database.url, store, { projections: [ledger] });
    replicas.push(replica);
    return replica;
  };
  const replayed = async (store: EventStore): Promise<string> => {
    const fresh = await startPostgres();
    await migrateLedger(fresh.url);
    const replica = await startReplica(fresh.url, store, { projections: [new Ledger()] });
    await replica.host.waitFor('ledger', await store.position());
    const rows = await dump(replica.source);
    await replica.stop();
    await fresh.stop();
    return rows;
  };

  beforeEach(async () => {
    database = await startPostgres();
    await migrateLedger(database.url);
  });
  afterEach(async () => {
    await Promise.all(replicas.splice(0).map((replica) => replica.stop()));
    await database.stop();
  });

  it('shows what was written to a query that waits for its position', async () => {
    const store = new InMemoryEventStore();
    const projects = new Projects(store);
    const { host, source } = await start(store);
    for (let round = 0; round < 5; round++) {
      const position = await projects.append(1);
      await host.waitFor('ledger', position);
      expect(await source.query('SELECT 1 FROM entry WHERE position = $1', [position])).toHaveLength(1);
    }
  });

  it('says dependency_unavailable when a position is not reached in time', async () => {
    const { host } = await start(new InMemoryEventStore());
    await expect(host.waitFor('ledger', 1, 20)).rejects.toMatchObject({ code: 'dependency_unavailable' });
    await expect(host.waitFor('nothing', 1)).rejects.toBeInstanceOf(TypeError);
  });

  it('applies redelivered events once, over restarts', async () => {
    const store = new Redelivering();
    const projects = new Projects(store);
    for (let round = 0; round < 3; round++) {
      const { host } = await start(store);
      await host.waitFor('ledger', await projects.append(40));
      await replicas.pop()!.stop();
    }
    const { source } = await start(store);
    expect(await dump(source)).toBe(await replayed(store));
    expect(await source.query('SELECT count(*) AS n FROM entry')).toEqual([{ n: 120 }]);
  });

  it('leaves neither rows nor a moved checkpoint when it dies inside the transaction', async () => {
    class Dying extends Ledger {
      attempts = 0;
      override async apply(events: readonly Recorded[], sql: Sql): Promise<void> {
        await super.apply(events, sql);
        this.attempts += 1;
        if (this.attempts === 2) throw new Error('died after writing');
        if (this.attempts === 4) await sql.query('SELECT pg_terminate_backend(pg_backend_pid())');
      }
    }
    const store = new InMemoryEventStore();
    const projects = new Projects(store);
    const ledger = new Dying();
    const { host, source } = await start(store, ledger);
    for (let round = 0; round < 4; round++) await host.waitFor('ledger', await projects.append(5));
    expect(ledger.attempts).toBeGreaterThan(5);
    expect(await dump(source)).toBe(await replayed(store));
  });

  it('retries a failing batch, shows the error, and goes on when it is gone', async () => {
    class Failing extends Ledger {
      broken = true;
      override async apply(events: readonly Recorded[], sql: Sql): Promise<void> {
        if (this.broken) throw new Error('a bug of ours');
        await super.apply(events, sql);
      }
    }
    const store = new InMemoryEventStore();
    const ledger = new Failing();
    const { host } = await start(store, ledger);
    const position = await new Projects(store).append(3);
    await eventually(async () => (await host.status())[0]?.error === 'a bug of ours');
    expect(await host.status()).toMatchObject([{ name: 'ledger', kind: 'projection', position: 0, head: 3, lag: 3 }]);
    await expect(host.skip({ name: 'ledger', position: 1, by: 'ada' })).rejects.toMatchObject({ code: 'not_blocked' });
    ledger.broken = false;
    await host.waitFor('ledger', position);
    expect(await host.status()).toMatchObject([{ position: 3, lag: 0, state: 'live', error: null }]);
  });

  it('lets one of two replicas work, and wakes the queries of both', async () => {
    const store = new InMemoryEventStore();
    const projects = new Projects(store);
    const [first, second] = [await start(store), await start(store)];
    const position = await projects.append(20);
    await Promise.all([first.host.waitFor('ledger', position), second.host.waitFor('ledger', position)]);
    const states = [await first.host.status(), await second.host.status()].map(([status]) => status?.state).sort();
    expect(states).toEqual(['live', 'standby']);
  });

  it('tells a stand-by that waits how far the active replica is past events of others, before that is written down anyway', async () => {
    class OfOne extends Ledger {
      override readonly subjects = ['events.p-0.project.>'];
    }
    const store = new InMemoryEventStore();
    const projects = new Projects(store);
    const timing = { stallMs: 60_000, deferMs: 60_000 };
    for (let count = 0; count < 2; count++) replicas.push(await startReplica(database.url, store, { projections: [new OfOne()], timing }));
    const hosts = replicas.map(({ host }) => host);
    const both = (position: number): Promise<unknown> => Promise.all(hosts.map((host) => host.waitFor('ledger', position)));
    await both(await projects.append(1));
    await both(await projects.append(5));
    expect(await replicas[0]!.source.query('SELECT position, event_position FROM checkpoint')).toEqual([
      { position: 6, event_position: 1 },
    ]);
  });

  it('hands over when the active replica stops', async () => {
    const store = new InMemoryEventStore();
    const projects = new Projects(store);
    const first = await start(store);
    await first.host.waitFor('ledger', await projects.append(10));
    const second = await start(store);
    replicas.splice(replicas.indexOf(first), 1);
    await first.stop();
    await second.host.waitFor('ledger', await projects.append(10));
    expect(await dump(second.source)).toBe(await replayed(store));
  });

  it('is taken over when the active replica dies in the middle of a batch', async () => {
    class Hanging extends Ledger {
      hung = false;
      release: () => void = () => undefined;
      override async apply(events: readonly Recorded[], sql: Sql): Promise<void> {
        await super.apply(events, sql);
        this.hung = true;
        await new Promise<void>((resolve) => (this.release = resolve));
      }
    }
    const store = new InMemoryEventStore();
    const hanging = new Hanging();
    const position = await new Projects(store).append(10);
    const first = await start(store, hanging);
    await eventually(() => hanging.hung);
    const second = await start(store);
    expect((await second.host.status())[0]).toMatchObject({ state: 'standby', position: 0 });
    // The server itself ends the transaction in which the dead one holds the checkpoint.
    const leaseGone = `SELECT pg_terminate_backend(min(pid)) FROM pg_locks JOIN pg_database ON oid = database
      WHERE locktype = 'advisory' AND granted AND datname = current_database()`;
    await second.source.query(leaseGone);
    await second.host.waitFor('ledger', position, 30_000);
    hanging.release();
    expect(await dump(second.source)).toBe(await replayed(store));
    await eventually(async () => (await first.host.status())[0]?.position === position);
  }, 60_000);

  it('subscribes anew when the subscription stalls', async () => {
    class Stalling extends InMemoryEventStore {
      subscriptions = 0;
      override async *subscribe(options: SubscribeOptions): AsyncGenerator<EventBatch> {
        const stalls = this.subscriptions++ === 0;
        for await (const batch of super.subscribe(options)) {
          if (!stalls) yield batch;
          else if (batch.position > 0) await new Promise((resolve) => options.signal?.addEventListener('abort', resolve));
        }
      }
    }
    const store = new Stalling();
    const { host } = await start(store);
    await host.waitFor('ledger', await new Projects(store).append(5));
    expect(store.subscriptions).toBeGreaterThan(1);
  });

  it('fills the read model anew when its schema was dropped and made again under it', async () => {
    const store = new InMemoryEventStore();
    const { host, source } = await start(store);
    await host.waitFor('ledger', await new Projects(store).append(12));
    await source.query('DROP SCHEMA ledger CASCADE; DROP SCHEMA ledger_shadow CASCADE');
    await migrateLedger(database.url);
    await eventually(async () => (await dump(source)) === (await replayed(store)));
  });

  it('finishes the batch at hand when it stops', async () => {
    class Slow extends Ledger {
      began = false;
      finish: () => void = () => undefined;
      override async apply(events: readonly Recorded[], sql: Sql): Promise<void> {
        this.began = true;
        await new Promise<void>((resolve) => (this.finish = resolve));
        await super.apply(events, sql);
      }
    }
    const store = new InMemoryEventStore();
    const slow = new Slow();
    await new Projects(store).append(10);
    const { host, source } = await start(store, slow);
    await eventually(() => slow.began);
    const stopped = host.stop();
    slow.finish();
    await stopped;
    expect(await dump(source)).toBe(await replayed(store));
    expect(await source.query('SELECT position FROM checkpoint')).toEqual([{ position: 10 }]);
  });
});
