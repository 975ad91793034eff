import type { Client } from 'pg';
import type { ReadinessCheck } from './readiness';

const TIMEOUT_MS = 3_000;

/**
 * A real write and read of PostgreSQL on a connection of its own: a committed transaction that leaves nothing behind.
 * `schema` is the service's; its table `checkpoint` lends the row, under a name that no projection has.
 */
export function postgresCheck(databaseUrl: string, schema: string, instance: string): ReadinessCheck & { close(): Promise<void> } {
  let client: Client | undefined;
  const name = `readiness probe of ${instance}`;

  async function connected(): Promise<Client> {
    if (client) return client;
    const { Client: PgClient } = await import('pg');
    const fresh = new PgClient({
      connectionString: databaseUrl,
      connectionTimeoutMillis: TIMEOUT_MS,
      query_timeout: TIMEOUT_MS,
      application_name: `slipway ${schema} readiness`,
      options: `-c search_path=${schema}`,
    });
    fresh.on('error', () => (client = undefined));
    await fresh.connect();
    return (client = fresh);
  }

  return {
    name: 'database',
    async run() {
      const session = await connected();
      try {
        await session.query('BEGIN');
        await session.query('INSERT INTO checkpoint (name, position) VALUES ($1, 1)', [name]);
        const read = await session.query('DELETE FROM checkpoint WHERE name = $1 RETURNING position', [name]);
        await session.query('COMMIT');
        if (read.rowCount !== 1) throw new Error('PostgreSQL does not give back what was written');
      } catch (error) {
        client = undefined;
        void session.end().catch(() => undefined);
        throw error;
      }
    },
    async close() {
      await client?.end().catch(() => undefined);
    },
  };
}
