import { quoted, shadowSchema } from './data-source';
import type { Projection, Sql } from './projection';

interface Definition {
  readonly name: string;
  readonly constraint_definition: string | null;
  readonly index_definition: string;
}

/**
 * Copies of a projection's tables, empty, in the shadow schema: columns, defaults, checks, storage by `LIKE`, storage
 * parameters (`fillfactor`), and primary keys, unique constraints and indexes under the names they have, so that later migrations still find them after a swap.
 * Foreign keys and grants are not copied: read tables have none of the first, and schemas carry the second as defaults.
 */
export async function createShadowTables(sql: Sql, schema: string, projection: Projection): Promise<void> {
  const shadow = shadowSchema(schema);
  await sql.query(`CREATE TABLE IF NOT EXISTS ${quoted(shadow)}.checkpoint (LIKE ${quoted(schema)}.checkpoint INCLUDING ALL)`);
  await dropShadowTables(sql, schema, projection);
  for (const table of projection.tables) {
    const [live, copy] = [`${quoted(schema)}.${quoted(table)}`, `${quoted(shadow)}.${quoted(table)}`];
    await sql.query(`CREATE TABLE ${copy} (LIKE ${live} INCLUDING ALL EXCLUDING INDEXES)${await parametersOf(sql, live)}`);
    for (const definition of await indexesOf(sql, live)) {
      await sql.query(statementFor(definition, copy));
    }
  }
  await sql.query(`INSERT INTO ${quoted(shadow)}.checkpoint (name) VALUES ($1)`, [projection.name]);
}

/** What a rebuild that runs or has crashed left in the shadow schema. */
export async function hasShadowTables(sql: Sql, schema: string, projection: Projection): Promise<boolean> {
  const names = projection.tables.map((table) => `${quoted(shadowSchema(schema))}.${quoted(table)}`);
  const found = await sql.query('SELECT 1 FROM unnest($1::text[]) AS name WHERE to_regclass(name) IS NOT NULL LIMIT 1', [names]);
  return found.length > 0;
}

export async function dropShadowTables(sql: Sql, schema: string, projection: Projection): Promise<void> {
  const shadow = shadowSchema(schema);
  for (const table of projection.tables) await sql.query(`DROP TABLE IF EXISTS ${quoted(shadow)}.${quoted(table)}`);
  const [checkpoint] = await sql.query<{ present: boolean }>('SELECT to_regclass($1) IS NOT NULL AS present', [`${shadow}.checkpoint`]);
  if (checkpoint?.present) await sql.query(`DELETE FROM ${quoted(shadow)}.checkpoint WHERE name = $1`, [projection.name]);
}

/** Puts the copies in the place of the live tables. Runs in the caller's transaction, which must be short from here on. */
export async function swapShadowTables(sql: Sql, schema: string, projection: Projection): Promise<void> {
  const shadow = shadowSchema(schema);
  const live = projection.tables.map((table) => `${quoted(schema)}.${quoted(table)}`);
  await sql.query(`LOCK TABLE ${live.join(', ')} IN ACCESS EXCLUSIVE MODE`);
  for (const table of projection.tables) {
    await sql.query(`DROP TABLE ${quoted(schema)}.${quoted(table)}`);
    await sql.query(`ALTER TABLE ${quoted(shadow)}.${quoted(table)} SET SCHEMA ${quoted(schema)}`);
  }
  await sql.query(`DELETE FROM ${quoted(shadow)}.checkpoint WHERE name = $1`, [projection.name]);
}

async function parametersOf(sql: Sql, table: string): Promise<string> {
  const [found] = await sql.query<{ list: string | null }>(
    `SELECT array_to_string(reloptions, ', ') AS list FROM pg_class WHERE oid = $1::regclass`,
    [table],
  );
  return found?.list ? ` WITH (${found.list})` : '';
}

const indexesOf = (sql: Sql, table: string): Promise<Definition[]> =>
  sql.query<Definition>(
    `SELECT index.relname AS name, pg_get_constraintdef(con.oid) AS constraint_definition, pg_get_indexdef(i.indexrelid) AS index_definition
       FROM pg_index i
       JOIN pg_class index ON index.oid = i.indexrelid
       LEFT JOIN pg_constraint con ON con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x')
      WHERE i.indrelid = $1::regclass
      ORDER BY index.relname`,
    [table],
  );

function statementFor({ name, constraint_definition, index_definition }: Definition, copy: string): string {
  if (constraint_definition) return `ALTER TABLE ${copy} ADD CONSTRAINT ${quoted(name)} ${constraint_definition}`;
  return index_definition.replace(
    /^(CREATE (?:UNIQUE )?INDEX .+?) ON (?:ONLY )?\S+ USING /,
    (_, head: string) => `${head} ON ${copy} USING `,
  );
}
