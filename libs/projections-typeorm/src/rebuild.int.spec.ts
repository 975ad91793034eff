import { InMemoryEventStore, type Recorded } from '@slipway/event-sourcing';
import { eventually, startPostgres, type PostgresDatabase } from '@slipway/testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dump, Ledger, migrateLedger, startReplica, type Replica } from './fixture/ledger';
import { Projects } from './fixture/projects';
import { migrationLock } from './migrations';
import type { Sql } from './projection';

/** Stops in the middle of a rebuild until it is let go. */
class Pausing extends Ledger {
  paused = false;
  private release: () => void = () => undefined;
  override async apply(events: readonly Recorded[], sql: Sql): Promise<void> {
    await super.apply(events, sql);
    const [{ schema } = { schema: '' }] = await sql.query<{ schema: string }>('SELECT current_schema() AS schema');
    if (!schema.endsWith('_shadow') || this.paused) return;
    this.paused = true;
    await new Promise<void>((resolve) => (this.release = resolve));
  }
  letGo(): void {
    this.release();
  }
}

class LaterMigration1763600000002 implements MigrationInterface {
  readonly name = 'LaterMigration1763600000002';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE tally ADD COLUMN colour text NOT NULL DEFAULT 'grey'`);
  }
  async down(): Promise<void> {
    throw new Error('not needed');
  }
}

const parameters = `SELECT relname, reloptions FROM pg_class WHERE relnamespace = 'ledger'::regnamespace AND relkind = 'r' ORDER BY 1`;
const definitions = `
  SELECT c.relname, pg_get_indexdef(i.indexrelid) AS index, con.conname, pg_get_constraintdef(con.oid) AS constraint
    FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid LEFT JOIN pg_constraint con ON con.conindid = i.indexrelid
   WHERE c.relnamespace = 'ledger'::regnamespace ORDER BY 2`;
const shadows = `SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'ledger_shadow'::regnamespace AND c.relkind = 'r' AND c.relname <> 'checkpoint'`;

describe('rebuild while serving', () => {
  let database: PostgresDatabase;
  let store: InMemoryEventStore;
  let projects: Projects;
  const replicas: Replica[] = [];
  const start = async (ledger: Ledger = new Ledger()): Promise<Replica> => {
    const replica = await startReplica(database.url, store, { projections: [ledger] });
    replicas.push(replica);
    return replica;
  };

  beforeEach(async () => {
    database = await startPostgres();
    await migrateLedger(database.url);
    store = new InMemoryEventStore();
    projects = new Projects(store);
  });
  afterEach(async () => {
    await Promise.all(replicas.splice(0).map((replica) => replica.stop()));
    await database.stop();
  });

  it('gives the same rows and the same indexes, byte for byte', async () => {
    const { host, source } = await start();
    await host.waitFor('ledger', await projects.append(1500));
    const [rows, indexes] = [await dump(source), await source.query(definitions)];
    const stored = await source.query(parameters);
    expect(stored).toContainEqual({ relname: 'tally', reloptions: ['fillfactor=70'] });
    const oids = await source.query(`SELECT 'entry'::regclass::oid AS oid`);
    await host.rebuild('ledger');
    expect(await source.query(`SELECT 'entry'::regclass::oid AS oid`)).not.toEqual(oids);
    expect(await dump(source)).toBe(rows);
    expect(await source.query(definitions)).toEqual(indexes);
    expect(await source.query(parameters)).toEqual(stored);
    expect(await source.query(shadows)).toEqual([]);
    await host.waitFor('ledger', await projects.append(3));
    expect(await source.query('SELECT count(*) AS n FROM entry')).toEqual([{ n: 1503 }]);
  });

  it('repairs rows that someone changed by hand', async () => {
    const { host, source } = await start();
    await host.waitFor('ledger', await projects.append(50));
    const rows = await dump(source);
    await source.query(`UPDATE tally SET events = 999; DELETE FROM entry WHERE position > 10`);
    await host.rebuild('ledger');
    expect(await dump(source)).toBe(rows);
  });

  it('answers queries all the while, and misses nothing that is written meanwhile', async () => {
    const { host, source } = await start();
    await host.waitFor('ledger', await projects.append(2000));
    const seen: number[] = [];
    let rebuilding = true;
    const reader = async (): Promise<void> => {
      while (rebuilding) {
        const [row] = await source.query<{ n: number }[]>('SELECT count(*) AS n FROM entry JOIN tally USING (project_id)');
        seen.push(row!.n);
      }
    };
    const writer = async (): Promise<void> => {
      while (rebuilding) await host.waitFor('ledger', await projects.append(3));
    };
    const traffic = Promise.all([reader(), reader(), writer()]);
    for (let round = 0; round < 3; round++) await host.rebuild('ledger');
    rebuilding = false;
    await traffic;
    const total = await store.position();
    await host.waitFor('ledger', total);
    expect(seen.length).toBeGreaterThan(5);
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(2000);
    expect(await source.query('SELECT count(*) AS n, sum(events) AS events FROM tally JOIN entry USING (project_id)')).toMatchObject([
      { n: total },
    ]);
    expect(await source.query('SELECT sum(events)::int AS n FROM tally')).toEqual([{ n: total }]);
  });

  it('leaves the live model alone when it crashes half-way, and the next start cleans up', async () => {
    const pausing = new Pausing();
    const first = await start(pausing);
    await first.host.waitFor('ledger', await projects.append(100));
    const rows = await dump(first.source);
    const rebuild = first.host.rebuild('ledger').catch((error: unknown) => error);
    await eventually(() => pausing.paused);
    expect(await first.source.query(shadows)).toHaveLength(2);
    expect((await first.host.status())[0]).toMatchObject({ state: 'rebuilding' });
    await first.source.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    pausing.letGo();
    expect(await rebuild).toBeInstanceOf(Error);
    expect(await dump(first.source)).toBe(rows);
    const second = await start();
    await eventually(async () => (await second.source.query(shadows)).length === 0);
    await second.host.waitFor('ledger', await projects.append(1));
  });

  it('starts over when the schema is migrated meanwhile, and keeps what the migration did', async () => {
    const pausing = new Pausing();
    const { host, source } = await start(pausing);
    await host.waitFor('ledger', await projects.append(20));
    const rebuild = host.rebuild('ledger');
    await eventually(() => pausing.paused);
    await migrateLedger(database.url, LaterMigration1763600000002);
    pausing.letGo();
    await rebuild;
    expect(await source.query('SELECT sum(events)::int AS n, min(colour) AS colour FROM tally')).toEqual([{ n: 20, colour: 'grey' }]);
    expect(await source.query(shadows)).toEqual([]);
  });

  it('does not swap under a migration that is running', async () => {
    const { host, source } = await start();
    await host.waitFor('ledger', await projects.append(20));
    const migrating = source.createQueryRunner();
    await migrating.query(`SELECT pg_advisory_lock(${migrationLock('ledger')})`);
    let done = false;
    const rebuild = host.rebuild('ledger').then(() => (done = true));
    const waits = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock' AND NOT granted`;
    await eventually(async () => (await source.query<unknown[]>(waits)).length > 0);
    expect(done).toBe(false);
    await migrating.query(`SELECT pg_advisory_unlock(${migrationLock('ledger')})`);
    await migrating.release();
    await rebuild;
  });

  it('refuses a second rebuild on another replica while one runs', async () => {
    const pausing = new Pausing();
    const [first, second] = [await start(pausing), await start()];
    await first.host.waitFor('ledger', await projects.append(10));
    const rebuild = first.host.rebuild('ledger');
    await eventually(() => pausing.paused);
    await expect(second.host.rebuild('ledger')).rejects.toMatchObject({ code: 'resource_in_use' });
    expect((await second.host.status())[0]).toMatchObject({ state: 'rebuilding' });
    pausing.letGo();
    await rebuild;
    await second.host.rebuild('ledger');
    await expect(second.host.rebuild('nothing')).rejects.toMatchObject({ code: 'unknown_resource' });
  });
});
