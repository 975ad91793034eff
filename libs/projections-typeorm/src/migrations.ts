import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import {
  assertSchemaName,
  dataSourceOptions,
  quoted,
  sessionOptions,
  shadowSchema,
  type MigrationClass,
  type ServiceDatabase,
} from './data-source';
import type { Sql } from './projection';

/** The service's own place in the log, for each projection and reaction. `digest` is of the event last applied. */
export class Checkpoint1763600000000 implements MigrationInterface {
  readonly name = 'Checkpoint1763600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE checkpoint (
         name text PRIMARY KEY,
         position bigint NOT NULL DEFAULT 0 CHECK (position >= 0),
         event_position bigint NOT NULL DEFAULT 0,
         digest text
       ) WITH (fillfactor = 50)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE checkpoint');
  }
}

/** Where a reaction is stuck, for every replica to show; of no meaning once the checkpoint has passed it. */
export class CheckpointBlock1764450000000 implements MigrationInterface {
  readonly name = 'CheckpointBlock1764450000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE checkpoint ADD COLUMN blocked_position bigint, ADD COLUMN blocked_error text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE checkpoint DROP COLUMN blocked_position, DROP COLUMN blocked_error');
  }
}

const allMigrations = (own: readonly MigrationClass[]): MigrationClass[] => [Checkpoint1763600000000, CheckpointBlock1764450000000, ...own];

export interface MigrateOptions extends ServiceDatabase {
  readonly migrations: readonly MigrationClass[];
}

/** Held by whoever migrates a schema; shared by whoever must not be migrated meanwhile. An argument of `pg_advisory_lock`. */
export const migrationLock = (schema: string): string => `hashtextextended('slipway migrate ${assertSchemaName(schema)}', 0)`;

/**
 * Brings a service's schema up to date, as its own step before the service starts: creates the schema and the
 * checkpoint table, then runs what is pending. Safe to run from several replicas at once.
 * @returns names of the migrations that ran now.
 */
export async function runMigrations(options: MigrateOptions): Promise<string[]> {
  const { schema } = options;
  const settings = dataSourceOptions(options, [], allMigrations(options.migrations), 2);
  // A migration may take its time.
  const source = new DataSource({
    ...settings,
    extra: { ...(settings.extra as object), options: sessionOptions(schema, 0), query_timeout: 0 },
  });
  await source.initialize();
  const lock = source.createQueryRunner();
  try {
    await lock.query(`SELECT pg_advisory_lock(${migrationLock(schema)})`);
    await lock.query(`CREATE SCHEMA IF NOT EXISTS ${quoted(assertSchemaName(schema))}`);
    await lock.query(`CREATE SCHEMA IF NOT EXISTS ${quoted(shadowSchema(schema))}`);
    const ran = await source.runMigrations({ transaction: 'each' });
    return ran.map((migration) => migration.name);
  } finally {
    await lock.release();
    await source.destroy();
  }
}

/** Which migration was the last to run; 0 before the first. */
export async function lastMigration(sql: Sql, schema: string): Promise<number> {
  const [row] = await sql.query<{ id: number }>(`SELECT coalesce(max(id), 0)::int AS id FROM ${quoted(schema)}.migration`);
  return row?.id ?? 0;
}

/** Names of migrations that the schema lacks; a service refuses to start while there are any. */
export async function pendingMigrations(source: DataSource, schema: string, migrations: readonly MigrationClass[]): Promise<string[]> {
  const wanted = allMigrations(migrations).map((Migration) => new Migration().name ?? Migration.name);
  const table = `${quoted(assertSchemaName(schema))}.migration`;
  const [found] = await source.query<{ present: boolean }[]>('SELECT to_regclass($1) IS NOT NULL AS present', [table]);
  if (!found?.present) return wanted;
  const rows = await source.query<{ name: string }[]>(`SELECT name FROM ${table}`);
  const have = new Set(rows.map((row) => row.name));
  return wanted.filter((name) => !have.has(name));
}

/** The `main` of an app's `migrate.ts`: reads DATABASE_URL, prints one JSON line, exits 0, or 1 with the reason. */
export async function migrateMain(schema: string, migrations: readonly MigrationClass[]): Promise<void> {
  const print = (fields: Record<string, unknown>): void => {
    process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), schema, ...fields })}\n`);
  };
  const databaseUrl = process.env['DATABASE_URL'];
  if (!databaseUrl) {
    print({ level: 'error', msg: 'migrations need DATABASE_URL' });
    process.exitCode = 1;
    return;
  }
  try {
    print({ level: 'info', msg: 'migrated', ran: await runMigrations({ databaseUrl, schema, migrations }) });
  } catch (error) {
    print({ level: 'error', msg: 'migration failed', error: error instanceof Error ? error.message : String(error) });
    process.exitCode = 1;
  }
}
