import type { EventBatch } from '@slipway/event-sourcing';
import { channelOf, payloadOf } from './lease-session';
import type { Sql } from './projection';

/** Where a follower is. `digest` is that of the event at `eventPosition`, the last one applied; `null` before the first. */
export interface Checkpoint {
  readonly position: number;
  readonly eventPosition: number;
  readonly digest: string | null;
}
export const START: Checkpoint = { position: 0, eventPosition: 0, digest: null };

/** Someone else moved the checkpoint: read it again and go on from there. */
export class CheckpointMoved extends Error {
  constructor(name: string, expected: number) {
    super(`the checkpoint of '${name}' is no longer at ${expected}`);
    this.name = 'CheckpointMoved';
  }
}

interface CheckpointRow {
  position: string | number;
  event_position: string | number;
  digest: string | null;
}
const fromRow = (row: CheckpointRow): Checkpoint => ({
  position: Number(row.position),
  eventPosition: Number(row.event_position),
  digest: row.digest,
});

export async function readCheckpoint(sql: Sql, name: string, lock = false): Promise<Checkpoint | undefined> {
  const rows = await sql.query<CheckpointRow>(
    `SELECT position, event_position, digest FROM checkpoint WHERE name = $1${lock ? ' FOR UPDATE' : ''}`,
    [name],
  );
  return rows[0] && fromRow(rows[0]);
}

/** The stored checkpoint; a new follower's is the start of the log. */
export async function openCheckpoint(sql: Sql, name: string): Promise<Checkpoint> {
  const stored = await readCheckpoint(sql, name);
  if (stored) return stored;
  await sql.query('INSERT INTO checkpoint (name) VALUES ($1) ON CONFLICT (name) DO NOTHING', [name]);
  return (await readCheckpoint(sql, name)) ?? START;
}

export function after(checkpoint: Checkpoint, batch: Pick<EventBatch, 'events' | 'position'>): Checkpoint {
  const last = batch.events.at(-1);
  return {
    position: batch.position,
    eventPosition: last?.position ?? checkpoint.eventPosition,
    digest: last?.digest ?? checkpoint.digest,
  };
}

/**
 * Moves the checkpoint within the caller's transaction; with `notifySchema` the replicas of the service hear of it on commit.
 * @throws CheckpointMoved when it is not where the caller left it: the transaction must be rolled back.
 */
export async function moveCheckpoint(sql: Sql, name: string, from: Checkpoint, to: Checkpoint, notifySchema?: string): Promise<void> {
  const moved = await sql.query(
    `WITH moved AS (UPDATE checkpoint SET position = $3, event_position = $4, digest = $5 WHERE name = $1 AND position = $2 RETURNING name)
     SELECT ${notifySchema ? `pg_notify($6, $7)` : '1'} FROM moved`,
    [
      name,
      from.position,
      to.position,
      to.eventPosition,
      to.digest,
      ...(notifySchema ? [channelOf(notifySchema), payloadOf('advanced', name, to.position)] : []),
    ],
  );
  if (moved.length === 0) throw new CheckpointMoved(name, from.position);
}

/** The event that a reaction cannot get over. */
export interface Blocked {
  readonly position: number;
  readonly error: string;
}

/** `undefined`: nothing is in the way. */
export async function noteBlocked(sql: Sql, name: string, blocked: Blocked | undefined): Promise<void> {
  await sql.query(
    `UPDATE checkpoint SET blocked_position = $2, blocked_error = $3
     WHERE name = $1 AND (blocked_position, blocked_error) IS DISTINCT FROM ($2::bigint, $3::text)`,
    [name, blocked?.position ?? null, blocked?.error ?? null],
  );
}

/** By name, all that wait before an event that fails. */
export async function readBlocked(sql: Sql): Promise<ReadonlyMap<string, Blocked>> {
  const rows = await sql.query<{ name: string; blocked_position: number | string; blocked_error: string }>(
    'SELECT name, blocked_position, blocked_error FROM checkpoint WHERE blocked_position > position',
  );
  return new Map(rows.map((row) => [row.name, { position: Number(row.blocked_position), error: row.blocked_error }]));
}
