import { jetstream, jetstreamManager, type JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { STREAMS, type EventEnvelope } from '@slipway/contracts';
import { Client } from 'pg';

const BATCH = 500;
const SETUP = `
  CREATE SCHEMA bare;
  CREATE TABLE bare.release (
    release_id text PRIMARY KEY, project_id text NOT NULL, environment_id text NOT NULL, status text NOT NULL, action text NOT NULL,
    actor_id text NOT NULL, updated_at text NOT NULL, version integer NOT NULL, position bigint NOT NULL);
  CREATE INDEX ON bare.release (project_id, position DESC);
  CREATE TABLE bare.checkpoint (name text PRIMARY KEY, position bigint NOT NULL);
  INSERT INTO bare.checkpoint VALUES ('release', 0);`;
const UPSERT = `
  INSERT INTO bare.release SELECT * FROM
    unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[], $9::bigint[])
  ON CONFLICT (release_id) DO UPDATE SET status = excluded.status, action = excluded.action, actor_id = excluded.actor_id,
    updated_at = excluded.updated_at, version = excluded.version, position = excluded.position`;

export const BARE_PAGE = `SELECT * FROM bare.release WHERE project_id = 'bench' ORDER BY project_id DESC, position DESC LIMIT 50`;

/** The bare loop: consume 500, one multi-row upsert and the checkpoint in one transaction, up to `end`. @returns ms. */
export async function bareCatchUp(connection: NatsConnection, databaseUrl: string, end: number): Promise<number> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('DROP SCHEMA IF EXISTS bare CASCADE');
  await client.query(SETUP);
  const began = performance.now();
  const consumer = await jetstream(connection).consumers.get(STREAMS.events, { opt_start_seq: 1, deliver_policy: 'by_start_sequence' });
  const messages = await consumer.consume({ max_messages: BATCH * 2 });
  let batch: JsMsg[] = [];
  for await (const message of messages) {
    batch.push(message);
    if (batch.length < BATCH && message.seq < end) continue;
    await write(client, batch);
    if (message.seq >= end) break;
    batch = [];
  }
  const ms = performance.now() - began;
  await messages.close();
  await (await jetstreamManager(connection)).consumers.delete(STREAMS.events, (await consumer.info()).name).catch(() => false);
  await client.end();
  return ms;
}

async function write(client: Client, batch: readonly JsMsg[]): Promise<void> {
  const rows = new Map<string, [EventEnvelope, number]>();
  for (const message of batch) {
    const event = message.json<EventEnvelope>();
    rows.set(event.resource_id, [event, message.seq]);
  }
  const events = [...rows.values()];
  await client.query('BEGIN');
  await client.query(UPSERT, [
    events.map(([event]) => event.resource_id),
    events.map(([event]) => event.project_id),
    events.map(([event]) => event.environment_id),
    events.map(([event]) => event.status),
    events.map(([event]) => event.action),
    events.map(([event]) => event.actor_id),
    events.map(([event]) => event.occurred_at),
    events.map(([event]) => event.aggregate_version),
    events.map(([, position]) => position),
  ]);
  await client.query(`UPDATE bare.checkpoint SET position = $1 WHERE name = 'release'`, [batch.at(-1)!.seq]);
  await client.query('COMMIT');
}
