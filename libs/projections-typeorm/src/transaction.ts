import type { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { quoted } from './data-source';
import type { Sql } from './projection';

/**
 * `flushed`: COMMIT waits for the disk. `replayable`: it does not; a crash of PostgreSQL may undo the latest such transactions
 * as wholes, rows and checkpoint together, and the log gives them again. The log is what is durable.
 */
export type Durability = 'flushed' | 'replayable';

/** Runs `work` in one transaction; unqualified names resolve in `schema` alone. Rolled back when `work` throws. */
export async function inTransaction<T>(
  source: DataSource,
  schema: string,
  work: (sql: Sql) => Promise<T>,
  durability: Durability = 'flushed',
): Promise<T> {
  const runner = source.createQueryRunner();
  const connection = (await runner.connect()) as Client;
  const commit = durability === 'flushed' ? '' : '; SET LOCAL synchronous_commit TO off';
  try {
    await runner.query(`BEGIN; SET LOCAL search_path TO ${quoted(schema)}${commit}`);
    const sql: Sql = {
      async query<Row>(text: string, parameters?: readonly unknown[]): Promise<Row[]> {
        const result = await runner.query(text, parameters as unknown[], true);
        return (result.records ?? []) as Row[];
      },
    };
    const value = await work(sql);
    await runner.query('COMMIT');
    return value;
  } catch (error) {
    // Whoever got it next would go on in this transaction: the pool drops a connection that has ended.
    await runner.query('ROLLBACK').catch(() => void connection.end().catch(() => undefined));
    throw error;
  } finally {
    await runner.release();
  }
}

/** Single statements outside a transaction. */
export const sqlOf = (source: DataSource): Sql => ({
  async query<Row>(text: string, parameters?: readonly unknown[]): Promise<Row[]> {
    const runner = source.createQueryRunner();
    try {
      const result = await runner.query(text, parameters as unknown[], true);
      return (result.records ?? []) as Row[];
    } finally {
      await runner.release();
    }
  },
});
