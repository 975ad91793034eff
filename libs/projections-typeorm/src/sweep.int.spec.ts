import { SlipwayError } from '@slipway/contracts';
import { InMemoryEventStore } from '@slipway/event-sourcing';
import { eventually, startPostgres, type PostgresDatabase } from '@slipway/testing';
import type { Due, ExpirySweep } from './expiry-sweep';
import { Ledger, migrateLedger, startReplica, type Replica } from './fixture/ledger';
import { Projects } from './fixture/projects';
import type { Sql } from './projection';
import { RowSweep } from './row-sweep';

/** Every third entry is due at the second of its position. */
class EntrySweep implements ExpirySweep {
  readonly name = 'expire-entries';
  readonly expired: string[] = [];
  failures = 0;
  constructor(private readonly gone: (id: string) => Promise<void>) {}
  async nextDue(sql: Sql): Promise<Date | null> {
    const [row] = await sql.query<{ due: number | null }>('SELECT min(position) AS due FROM entry WHERE position % 3 = 0');
    return row === undefined || row.due === null ? null : new Date(row.due * 1000);
  }
  async due(sql: Sql, now: Date, last?: Due): Promise<Due[]> {
    const rows = await sql.query<{ position: number }>(
      'SELECT position FROM entry WHERE position % 3 = 0 AND position <= $1 AND position > $2 ORDER BY position LIMIT 100',
      [Math.floor(now.getTime() / 1000), Number(last?.id ?? 0)],
    );
    return rows.map(({ position }) => ({ id: String(position), since: String(position) }));
  }
  async expire(id: string): Promise<void> {
    if (this.failures-- > 0) throw new Error('the log is away');
    this.expired.push(id);
    await this.gone(id);
  }
}

/** Rows of which all but the newest, the last of four hundred, cannot expire. */
class StuckSweep extends RowSweep {
  readonly name = 'expire-rows';
  readonly expired: string[] = [];
  tried = 0;
  protected readonly waiting = { table: 'waiting', idColumn: 'row_id', dueColumn: 'due_at', condition: 'true' };
  protected async expireRow(projectId: string, id: string): Promise<void> {
    this.tried += 1;
    if (id !== 'row-400') throw new Error('the log refuses it');
    this.expired.push(`${projectId}/${id}`);
  }
}

describe('expiry sweeps', () => {
  let database: PostgresDatabase;
  let store: InMemoryEventStore;
  let nowMs = 0;
  const replicas: Replica[] = [];
  const start = async (sweep: ExpirySweep): Promise<Replica> => {
    const options = { projections: [new Ledger()], sweeps: [sweep], now: () => new Date(nowMs) };
    const replica = await startReplica(database.url, store, options);
    replicas.push(replica);
    return replica;
  };
  const remove = (id: string): Promise<void> => replicas[0]!.source.query('DELETE FROM entry WHERE position = $1', [id]);

  beforeEach(async () => {
    nowMs = 0;
    database = await startPostgres();
    await migrateLedger(database.url);
    store = new InMemoryEventStore();
  });
  afterEach(async () => {
    await Promise.all(replicas.splice(0).map((replica) => replica.stop()));
    await database.stop();
  });

  it('wake when something becomes due, also when it was written just now, on one replica', async () => {
    const sweeps = [new EntrySweep(remove), new EntrySweep(remove)];
    for (const sweep of sweeps) await start(sweep);
    nowMs = 2_900;
    await replicas[0]!.host.waitFor('ledger', await new Projects(store).append(10));
    const expired = (): string[] => sweeps.flatMap((sweep) => sweep.expired);
    nowMs = 6_100;
    await eventually(() => expired().length >= 2);
    expect(expired()).toEqual(['3', '6']);
    expect(sweeps.filter((sweep) => sweep.expired.length > 0)).toHaveLength(1);
  });

  it('find what became due while nobody ran', async () => {
    const first = await start(new EntrySweep(remove));
    await first.host.waitFor('ledger', await new Projects(store).append(4));
    await replicas.pop()!.stop();
    nowMs = 60_000;
    const sweep = new EntrySweep(remove);
    await start(sweep);
    await eventually(() => sweep.expired.length === 1);
  });

  it('go on with the others when one has nothing to do', async () => {
    nowMs = 60_000;
    const sweep = new EntrySweep(async (id) => {
      if (id === '3') throw new SlipwayError('ticket_decided', 'decided meanwhile');
      await remove(id);
    });
    const { host } = await start(sweep);
    await host.waitFor('ledger', await new Projects(store).append(9));
    await eventually(() => sweep.expired.includes('9'));
    expect(sweep.expired.filter((id) => id === '3')).toHaveLength(1);
  });

  it('show what they fail at, and reach what lies behind pages of rows that cannot expire', async () => {
    nowMs = 60_000;
    const sweep = new StuckSweep();
    const { host, source } = await start(sweep);
    await source.query('CREATE TABLE waiting (project_id text, row_id text, due_at timestamptz)');
    await source.query(
      `INSERT INTO waiting SELECT 'p-0', 'row-' || n, to_timestamp(n / 100 + n % 2 * 1e-6) FROM generate_series(1, 400) AS n`,
    );
    await eventually(() => sweep.expired.length > 0);
    expect(sweep.expired).toEqual(['p-0/row-400']);
    expect(sweep.tried).toBe(400);
    const timer = async () => (await host.status()).find(({ kind }) => kind === 'timer');
    await eventually(async () => (await timer())?.error?.includes('398 more fail'));
    expect(await timer()).toMatchObject({ name: 'expire-rows', state: 'live', lag: 0, updated_at: new Date(nowMs).toISOString() });
    await source.query('DELETE FROM waiting');
    await eventually(async () => (await timer())?.error === null);
  });

  it('show why they cannot look for what is due', async () => {
    const { host, source } = await start(new StuckSweep());
    await eventually(async () => (await host.status()).some(({ error }) => error?.includes('"waiting" does not exist')));
    await source.query('CREATE TABLE waiting (project_id text, row_id text, due_at timestamptz)');
    await eventually(async () => (await host.status()).every(({ error }) => error === null));
  });
});
