import { SlipwayError } from '@slipway/contracts';
import { InMemoryEventStore } from '@slipway/event-sourcing';
import { eventually, startPostgres, type PostgresDatabase } from '@slipway/testing';
import type { ExpirySweep } from './expiry-sweep';
import { Ledger, migrateLedger, startReplica, type Replica } from './fixture/ledger';
import { Projects } from './fixture/projects';
import type { Sql } from './projection';

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
  async due(sql: Sql, now: Date): Promise<string[]> {
    const rows = await sql.query<{ position: number }>(
      'SELECT position FROM entry WHERE position % 3 = 0 AND position <= $1 ORDER BY position LIMIT 100',
      [Math.floor(now.getTime() / 1000)],
    );
    return rows.map((row) => String(row.position));
  }
  async expire(id: string): Promise<void> {
    if (this.failures-- > 0) throw new Error('the log is away');
    this.expired.push(id);
    await this.gone(id);
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
});
