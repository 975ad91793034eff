import { isSlipwayError } from '@slipway/contracts';
import type { EventBatch, Recorded } from '@slipway/event-sourcing';
import type { DataSource } from 'typeorm';
import { after, moveCheckpoint, noteBlocked, openCheckpoint, readCheckpoint, START, type Checkpoint } from './checkpoint';
import type { Handler, Log } from './handler';
import type { Reaction } from './projection';
import { inTransaction, sqlOf, type Durability } from './transaction';

const MAX_BATCH = 64;

/** What a reaction runs in: its event's trace and correlation, for spans, logs and the events that follow. */
export type ReactionScope = (reaction: string, event: Recorded, act: () => Promise<void>) => Promise<void>;
const plain: ReactionScope = (_reaction, _event, act) => act();

/**
 * Runs a reaction for each event in order, at least once; the checkpoint follows. What was done before a failure stays
 * done: the retry starts at the event that failed.
 */
export class ReactionHandler implements Handler {
  readonly kind = 'reaction';
  readonly name: string;
  readonly subjects: readonly string[];
  readonly maxBatch = MAX_BATCH;

  constructor(
    private readonly reaction: Reaction,
    private readonly source: DataSource,
    private readonly schema: string,
    private readonly durability: Durability,
    private readonly log: Log,
    private readonly scope: ReactionScope = plain,
  ) {
    this.name = reaction.name;
    this.subjects = reaction.subjects;
  }

  open(): Promise<Checkpoint> {
    return openCheckpoint(sqlOf(this.source), this.name);
  }

  async stored(): Promise<Checkpoint> {
    return (await readCheckpoint(sqlOf(this.source), this.name)) ?? START;
  }

  async apply(batch: EventBatch, checkpoint: Checkpoint, signal: AbortSignal): Promise<Checkpoint> {
    let done = 0;
    try {
      for (const event of batch.events) {
        if (signal.aborted) break;
        await this.react(event);
        done += 1;
      }
    } catch (error) {
      if (done > 0) await this.save(batch.events.slice(0, done), checkpoint).catch(() => undefined);
      await this.note(batch.events[done], error).catch(() => undefined);
      throw error;
    }
    if (done < batch.events.length) return this.save(batch.events.slice(0, done), checkpoint);
    return this.move(checkpoint, after(checkpoint, batch));
  }

  private async react(event: Recorded): Promise<void> {
    try {
      await this.scope(this.name, event, () => this.reaction.react(event));
    } catch (error) {
      const nothingToDo = isSlipwayError(error) && (error.category === 'rule_violation' || error.category === 'not_found');
      if (!nothingToDo) throw error;
      const { event_id, correlation_id } = event.event;
      const fields = { reaction: this.name, position: event.position, event_id, correlation_id, code: error.code };
      this.log.info(fields, 'reaction had nothing to do');
    }
  }

  /** Every replica shows where it is stuck, and an operator may have it go on behind. */
  private async note(event: Recorded | undefined, error: unknown): Promise<void> {
    if (!event) return;
    const why = error instanceof Error ? error.message : String(error);
    await noteBlocked(sqlOf(this.source), this.name, { position: event.position, error: why.slice(0, 1000) });
  }

  private save(events: readonly Recorded[], checkpoint: Checkpoint): Promise<Checkpoint> {
    return this.move(checkpoint, after(checkpoint, { events, position: events.at(-1)?.position ?? checkpoint.position }));
  }

  private async move(from: Checkpoint, to: Checkpoint): Promise<Checkpoint> {
    if (to.position === from.position) return from;
    await inTransaction(this.source, this.schema, (sql) => moveCheckpoint(sql, this.name, from, to, this.schema), this.durability);
    return to;
  }
}
