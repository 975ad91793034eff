import { Client, type ClientConfig } from 'pg';
import type { DataSourceOptions, MigrationInterface } from 'typeorm';

export type RowClass = new () => object;
export type MigrationClass = new () => MigrationInterface;

/** Where a service's rows live: one database for all, one schema for each service. */
export interface ServiceDatabase {
  /** `postgres://user:password@host:port/database` */
  readonly databaseUrl: string;
  /** Lower-case letters, digits, underscores; at most 40 characters; e.g. `approval_inbox`. */
  readonly schema: string;
}

const SCHEMA_PATTERN = /^[a-z][a-z0-9_]{0,39}$/;

/** @throws TypeError for a schema name that cannot stand unquoted in a connection option. */
export function assertSchemaName(schema: string): string {
  if (!SCHEMA_PATTERN.test(schema)) throw new TypeError(`'${schema}' is no schema name; use lower-case letters, digits and underscores`);
  return schema;
}

/** Copies of tables under rebuild live here; made by `runMigrations`, empty between rebuilds. */
export const shadowSchema = (schema: string): string => `${assertSchemaName(schema)}_shadow`;

/** A server that is gone without a word is given up on; nothing of ours takes this long. */
const QUERY_TIMEOUT_MS = 120_000;
/** The server gives up on a statement before we do, so that none runs on, or waits for a lock, behind our back. */
const STATEMENT_TIMEOUT_MS = 110_000;
/** As a lease's session (`SILENT_MS`): a replica that is stopped keeps no row from whoever takes over. Nothing of ours waits half of it. */
const IDLE_IN_TRANSACTION_MS = 15_000;

/** A pooled connection's settings at the server; `statementMs` 0: no end. */
export const sessionOptions = (schema: string, statementMs = STATEMENT_TIMEOUT_MS): string =>
  [
    `search_path=${assertSchemaName(schema)}`,
    `idle_in_transaction_session_timeout=${IDLE_IN_TRANSACTION_MS}`,
    `statement_timeout=${statementMs}`,
  ]
    .map((setting) => `-c ${setting}`)
    .join(' ');

/**
 * A connection that breaks between two owners (the pool has let go, TypeORM does not listen yet) must not end the process: whoever
 * uses it next gets its error from the query.
 */
class PooledClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

export const quoted = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;

/**
 * TypeORM options of one service: unqualified names resolve in its schema; 64-bit integers are numbers (positions stay
 * below 2^53); `undefined` or `null` in a where clause throws; the schema only ever changes by migrations.
 */
export function dataSourceOptions(
  database: ServiceDatabase,
  rows: readonly RowClass[] = [],
  migrations: readonly MigrationClass[] = [],
  poolSize = 10,
): DataSourceOptions {
  const schema = assertSchemaName(database.schema);
  return {
    type: 'postgres',
    url: database.databaseUrl,
    schema,
    entities: [...rows],
    migrations: [...migrations],
    migrationsTableName: 'migration',
    synchronize: false,
    installExtensions: false,
    parseInt8: true,
    poolSize,
    connectTimeoutMS: 5_000,
    applicationName: `slipway ${schema}`,
    invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' },
    extra: { Client: PooledClient, options: sessionOptions(schema), keepAlive: true, query_timeout: QUERY_TIMEOUT_MS },
  };
}
