import { eventually, startPostgres, type PostgresDatabase } from '@slipway/testing';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { dataSourceOptions } from './data-source';
import { migrateLedger, SCHEMA } from './fixture/ledger';
import { inTransaction } from './transaction';

describe('a transaction', () => {
  let database: PostgresDatabase;
  let source: DataSource;

  beforeAll(async () => {
    database = await startPostgres();
    await migrateLedger(database.url);
    const { extra, ...options } = dataSourceOptions({ databaseUrl: database.url, schema: SCHEMA }, [], [], 1);
    source = await new DataSource({ ...options, extra: { ...(extra as object), query_timeout: 300 } }).initialize();
  });
  afterAll(async () => {
    await source.destroy();
    await database.stop();
  });

  it('that cannot be rolled back is left to nobody: its connection is dropped', async () => {
    const stuck = inTransaction(source, SCHEMA, async (sql) => {
      await sql.query(`INSERT INTO tally (project_id, events) VALUES ('p-0', 1)`);
      await sql.query('SELECT pg_sleep(1)');
    });
    await expect(stuck).rejects.toThrow('timeout');
    let rows: unknown[] | undefined;
    await eventually(async () => {
      rows = await source.query<unknown[]>('SELECT 1 FROM tally').catch(() => undefined);
      return rows !== undefined;
    });
    expect(rows).toEqual([]);
  });

  it('ends at the server, whatever becomes of its client, before the client gives up', async () => {
    const names = ['statement_timeout', 'idle_in_transaction_session_timeout'];
    const rows = await source.query('SELECT name, setting::int AS ms FROM pg_settings WHERE name = ANY($1) ORDER BY name DESC', [names]);
    expect(rows).toEqual([
      { name: 'statement_timeout', ms: 110_000 },
      { name: 'idle_in_transaction_session_timeout', ms: 15_000 },
    ]);
  });

  it('of a migration may take its time', async () => {
    let setting: unknown;
    class Slow1763600000003 implements MigrationInterface {
      readonly name = 'Slow1763600000003';
      async up(runner: QueryRunner): Promise<void> {
        setting = await runner.query('SHOW statement_timeout');
      }
      async down(): Promise<void> {
        throw new Error('not needed');
      }
    }
    await migrateLedger(database.url, Slow1763600000003);
    expect(setting).toEqual([{ statement_timeout: '0' }]);
  });
});
