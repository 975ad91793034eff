import { setTimeout as delay } from 'node:timers/promises';
import { SlipwayError } from '@slipway/contracts';
import type { EventBatch, EventStore } from '@slipway/event-sourcing';
import type { DataSource } from 'typeorm';
import { after, moveCheckpoint, openCheckpoint, readCheckpoint, START, type Checkpoint } from './checkpoint';
import { quoted, shadowSchema } from './data-source';
import { channelOf, payloadOf, type LeaseSession } from './lease-session';
import { lastMigration, migrationLock } from './migrations';
import type { Projection, Sql } from './projection';
import { readAhead, type ReadAhead } from './read-ahead';
import { createShadowTables, dropShadowTables, hasShadowTables, swapShadowTables } from './shadow-tables';
import { inTransaction, sqlOf } from './transaction';

const MAX_BATCH = 2_000;
/** So many events at most are applied while the live projection is held back. */
const MAX_HELD_BACK = 5_000;
/** So long at most is waited for the log meanwhile. */
const LONGEST_WAIT_MS = 3_000;
/** Below PostgreSQL's deadlock_timeout: the swap gives way to readers, never the other way round. */
const LOCK_TIMEOUT_MS = 500;
const LOCK_NOT_AVAILABLE = '55P03';
const DEADLOCK = '40P01';

/** The swap held the live projection back for too long: rolled back, and tried again. */
class GaveWay extends Error {}
/** The schema was migrated after the copies were made: they lack what the migration did. */
class Migrated extends Error {}

const lockName = (projection: Projection): string => `rebuild/${projection.name}`;

/**
 * Replays the log into copies of a projection's tables while the live ones serve, and swaps them in one short
 * transaction. A crash on the way leaves the live tables as they were; `cleanUp` removes what it left. A migration on the
 * way has it start over with copies of the tables as they are then.
 */
export class Rebuilder {
  constructor(
    private readonly source: DataSource,
    private readonly schema: string,
    private readonly store: EventStore,
    private readonly leases: LeaseSession,
  ) {}

  /** @throws SlipwayError `resource_in_use` while another rebuild of it runs, on any replica. */
  async rebuild(projection: Projection, stop: AbortSignal): Promise<void> {
    const lease = await this.leases.tryAcquire(lockName(projection));
    if (!lease) throw new SlipwayError('resource_in_use', `'${projection.name}' is being rebuilt already; wait for it to end.`);
    const signal = AbortSignal.any([stop, lease.lost]);
    try {
      while (!(await this.fromStart(projection, signal))) signal.throwIfAborted();
    } finally {
      await dropShadowTables(sqlOf(this.source), this.schema, projection).catch(() => undefined);
      await lease.release();
    }
  }

  /** Removes the copies that a crashed rebuild left; those of a running one stay. */
  async cleanUp(projection: Projection): Promise<void> {
    if (!(await hasShadowTables(sqlOf(this.source), this.schema, projection))) return;
    const lease = await this.leases.tryAcquire(lockName(projection));
    if (!lease) return;
    try {
      await dropShadowTables(sqlOf(this.source), this.schema, projection);
    } finally {
      await lease.release();
    }
  }

  /** Positions of the rebuilds that are going on, on any replica. */
  async progress(): Promise<ReadonlyMap<string, number>> {
    const sql = sqlOf(this.source);
    const table = `${shadowSchema(this.schema)}.checkpoint`;
    const [found] = await sql.query<{ present: boolean }>('SELECT to_regclass($1) IS NOT NULL AS present', [table]);
    if (!found?.present) return new Map();
    const rows = await sql.query<{ name: string; position: number }>(`SELECT name, position FROM ${table}`);
    return new Map(rows.map((row) => [row.name, Number(row.position)]));
  }

  /** @returns false when the schema was migrated meanwhile, so that all is to be done again. */
  private async fromStart(projection: Projection, stop: AbortSignal): Promise<boolean> {
    const migration = await inTransaction(this.source, this.schema, async (sql) => {
      // Read first: what is migrated from here on shows at the swap.
      const last = await lastMigration(sql, this.schema);
      await createShadowTables(sql, this.schema, projection);
      return last;
    });
    try {
      while (!(await this.attempt(projection, migration, stop))) stop.throwIfAborted();
      return true;
    } catch (error) {
      if (error instanceof Migrated) return false;
      throw error;
    }
  }

  /** Fills from the stored place on. @returns false when the swap had to give way and everything from that place is to be tried again. */
  private async attempt(projection: Projection, migration: number, stop: AbortSignal): Promise<boolean> {
    const shadow = shadowSchema(this.schema);
    let checkpoint = await inTransaction(this.source, shadow, (sql) => openCheckpoint(sql, projection.name));
    const ended = new AbortController();
    const signal = AbortSignal.any([stop, ended.signal]);
    const batches = readAhead(
      this.store.subscribe({ after: checkpoint.position, subjects: projection.subjects, maxBatch: MAX_BATCH, signal }),
    );
    try {
      for (;;) {
        const batch = await nextOf(batches);
        checkpoint = await inTransaction(this.source, shadow, (sql) => fill(sql, projection, batch, checkpoint), 'replayable');
        if (!batch.caughtUp) continue;
        await this.analyze(projection);
        return await this.swap(projection, migration, checkpoint, batches);
      }
    } finally {
      ended.abort();
      await batches.return();
    }
  }

  private async analyze(projection: Projection): Promise<void> {
    const shadow = quoted(shadowSchema(this.schema));
    for (const table of projection.tables) await sqlOf(this.source).query(`ANALYZE ${shadow}.${quoted(table)}`);
  }

  private async swap(projection: Projection, migration: number, filled: Checkpoint, batches: ReadAhead<EventBatch>): Promise<boolean> {
    try {
      return await inTransaction(this.source, this.schema, async (sql) => {
        await sql.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
        await sql.query(`SELECT pg_advisory_xact_lock_shared(${migrationLock(this.schema)})`);
        if ((await lastMigration(sql, this.schema)) !== migration) throw new Migrated('the schema was migrated');
        return this.swapIn(sql, projection, filled, batches);
      });
    } catch (error) {
      if (error instanceof GaveWay || isLockConflict(error)) return false;
      throw error;
    }
  }

  private async swapIn(sql: Sql, projection: Projection, filled: Checkpoint, batches: ReadAhead<EventBatch>): Promise<boolean> {
    await openCheckpoint(sql, projection.name);
    const live = (await readCheckpoint(sql, projection.name, true)) ?? START;
    // A live model ahead of the log (it lost events) is rebuilt on the log as it is.
    const wanted = Math.min(live.position, await this.store.position());
    if (wanted - filled.position > MAX_HELD_BACK) return false;
    let checkpoint = filled;
    await sql.query(`SET LOCAL search_path TO ${quoted(shadowSchema(this.schema))}`);
    while (checkpoint.position < wanted) {
      const batch = await Promise.race([nextOf(batches), delay(LONGEST_WAIT_MS)]);
      if (!batch) throw new GaveWay('the log was slow');
      checkpoint = await fill(sql, projection, batch, checkpoint);
    }
    await sql.query(`SET LOCAL search_path TO ${quoted(this.schema)}`);
    await swapShadowTables(sql, this.schema, projection);
    await moveCheckpoint(sql, projection.name, live, checkpoint, this.schema);
    await sql.query('SELECT pg_notify($1, $2)', [channelOf(this.schema), payloadOf('rebuilt', projection.name)]);
    return true;
  }
}

async function fill(sql: Sql, projection: Projection, batch: EventBatch, from: Checkpoint): Promise<Checkpoint> {
  const to = after(from, batch);
  if (to.position === from.position) return from;
  await moveCheckpoint(sql, projection.name, from, to);
  if (batch.events.length > 0) await projection.apply(batch.events, sql);
  return to;
}

async function nextOf(batches: ReadAhead<EventBatch>): Promise<EventBatch> {
  const next = await batches.next();
  if (next.done) throw new SlipwayError('dependency_unavailable', 'The log could not be read to its end; start the rebuild again.');
  return next.value;
}

function isLockConflict(error: unknown): boolean {
  const code = error instanceof Error && 'driverError' in error ? (error.driverError as { code?: string }).code : undefined;
  return code === LOCK_NOT_AVAILABLE || code === DEADLOCK;
}
