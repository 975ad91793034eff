import { rawSql, type SQL } from '@event-driven-io/dumbo';
import {
  getPostgreSQLEventStore,
  postgreSQLRawBatchSQLProjection,
  postgreSQLRawSQLProjection,
  type PostgresEventStore,
} from '@event-driven-io/emmett-postgresql';
import type { EventEnvelope } from '@slipway/contracts';
import { envelopesOf } from '@slipway/event-sourcing';
import { Client, Pool, escapeLiteral } from 'pg';
import { INSERT, RELEASE_LIST_INDEX, RELEASE_LIST_TABLE, rowsOf, UPDATE } from './projection-read-model';
import { contextOf, lifeOf, type Traffic } from './projection-traffic';

// Emmett's events are type aliases with an index signature, which an interface has not.
type Stored = { type: string; data: { envelope: EventEnvelope } };

const BATCH = 500;

/** Emmett's event store over a pool that is as large as the traffic is wide. */
export async function openEmmett(databaseUrl: string, inFlight: number): Promise<{ store: PostgresEventStore; close(): Promise<void> }> {
  const pool = new Pool({ connectionString: databaseUrl, max: inFlight });
  pool.on('error', () => undefined);
  const store = getPostgreSQLEventStore(databaseUrl, { connectionOptions: { pooled: true, pool } });
  await store.schema.migrate();
  return {
    store,
    close: async () => {
      await store.close();
      await pool.end();
    },
  };
}

/** The same traffic as `fillLog`: the version checked, one event an append. */
export async function fillEmmett(store: PostgresEventStore, { first, releases, inFlight }: Traffic): Promise<void> {
  let next = first;
  const one = async (): Promise<void> => {
    for (let n = next++; n < first + releases; n = next++) {
      for (const [step, event] of storedOf(n).entries()) {
        await store.appendToStream<Stored>(`release-${n}`, [event], { expectedStreamVersion: BigInt(step) });
      }
    }
  };
  await Promise.all(Array.from({ length: inFlight }, one));
}

/**
 * One release after the other. Emmett 0.42 reads by transaction id and goes on by global position, so its projector passes over
 * events that were appended concurrently; a log without concurrency lets it see them all.
 */
export async function fillEmmettInTurn(store: PostgresEventStore, releases: number): Promise<void> {
  for (let n = 0; n < releases; n++) await store.appendToStream<Stored>(`release-${n}`, storedOf(n), { expectedStreamVersion: 0n });
}

function storedOf(n: number): Stored[] {
  const { releaseId, events } = lifeOf(n);
  const ref = { projectId: 'bench', type: 'release' as const, id: releaseId };
  return events.map((event, step) => ({ type: event.action, data: { envelope: envelopesOf(ref, step, [event], contextOf(n, step))[0]! } }));
}

/** Emmett's two ways to write a read model: a statement for each event, and statements for a whole batch. */
const PROJECTIONS = {
  single: () => postgreSQLRawSQLProjection<Stored>({ name: 'release-list', canHandle: types(), evolve: (event) => statementsOf([event]) }),
  batch: () => postgreSQLRawBatchSQLProjection<Stored>({ name: 'release-list', canHandle: types(), evolve: statementsOf }),
};

/** The release read model by emmett's own projector, from the first event to the last. @returns ms. */
export async function emmettProject(databaseUrl: string, expectedRows: number, way: keyof typeof PROJECTIONS): Promise<number> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('DROP TABLE IF EXISTS release_list');
  await client.query(RELEASE_LIST_TABLE);
  await client.query(RELEASE_LIST_INDEX);
  await client.query(`DELETE FROM emt_processors`);
  const store = getPostgreSQLEventStore(databaseUrl);
  const consumer = store.consumer<Stored>({ stopWhen: { noMessagesLeft: true }, pulling: { batchSize: BATCH, pullingFrequencyInMs: 1 } });
  consumer.projector<Stored>({ projection: PROJECTIONS[way](), startFrom: 'BEGINNING' });
  const began = performance.now();
  await consumer.start();
  const ms = performance.now() - began;
  const { rows } = await client.query<{ n: string }>(`SELECT count(*) AS n FROM release_list WHERE status = 'superseded'`);
  await consumer.close();
  await store.close();
  await client.end();
  if (Number(rows[0]?.n) !== expectedRows) throw new Error(`emmett projected ${rows[0]?.n} releases of ${expectedRows}`);
  return ms;
}

const types = (): string[] => lifeOf(0).events.map((event) => event.action);

function statementsOf(stored: readonly Stored[]): SQL[] {
  const { made, changed } = rowsOf(stored.map(({ data: { envelope } }) => ({ event: envelope, position: envelope.aggregate_version })));
  const filled = (text: string, rows: readonly object[]): SQL[] =>
    rows.length > 0 ? [rawSql(text.replace('$1', () => escapeLiteral(JSON.stringify(rows))))] : [];
  return [...filled(INSERT, made), ...filled(UPDATE, changed)];
}
