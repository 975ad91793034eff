import type { EventBatch } from '@slipway/event-sourcing';
import type { DataSource } from 'typeorm';
import { after, moveCheckpoint, openCheckpoint, readCheckpoint, START, type Checkpoint } from './checkpoint';
import type { Handler } from './handler';
import type { Projection, Sql } from './projection';
import { inTransaction, sqlOf, type Durability } from './transaction';

const MAX_BATCH = 2_000;
/** While catching up, stand-bys hear of progress this often; at the end of the log, of every batch. */
const NOTIFY_EVERY_MS = 200;

/**
 * Rows and checkpoint in one transaction: an event delivered twice is applied once. The checkpoint goes first: its row is
 * the lock that a rebuild's swap takes before it takes the tables.
 */
export class ProjectionHandler implements Handler {
  readonly kind = 'projection';
  readonly name: string;
  readonly subjects: readonly string[];
  readonly maxBatch = MAX_BATCH;
  private notifiedAt = 0;

  constructor(
    private readonly projection: Projection,
    private readonly source: DataSource,
    private readonly schema: string,
    private readonly durability: Durability,
    private readonly cleanUp: (projection: Projection) => Promise<void>,
  ) {
    this.name = projection.name;
    this.subjects = projection.subjects;
  }

  async open(): Promise<Checkpoint> {
    await this.cleanUp(this.projection);
    return openCheckpoint(sqlOf(this.source), this.name);
  }

  async stored(): Promise<Checkpoint> {
    return (await readCheckpoint(sqlOf(this.source), this.name)) ?? START;
  }

  async apply(batch: EventBatch, checkpoint: Checkpoint): Promise<Checkpoint> {
    const moved = after(checkpoint, batch);
    if (moved.position === checkpoint.position) return checkpoint;
    const notify = batch.caughtUp || performance.now() - this.notifiedAt > NOTIFY_EVERY_MS;
    const write = async (sql: Sql): Promise<void> => {
      await moveCheckpoint(sql, this.name, checkpoint, moved, notify ? this.schema : undefined);
      if (batch.events.length > 0) await this.projection.apply(batch.events, sql);
    };
    await inTransaction(this.source, this.schema, write, this.durability);
    if (notify) this.notifiedAt = performance.now();
    return moved;
  }
}
