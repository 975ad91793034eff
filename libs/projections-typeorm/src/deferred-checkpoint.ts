import type { EventBatch } from '@slipway/event-sourcing';
import { after, type Checkpoint } from './checkpoint';
import type { Handler } from './handler';

/**
 * A handler whose checkpoint moves in memory over batches that hold nothing for it: most of the log is not for most followers,
 * and each write would be a transaction. After a crash the same nothing is passed over again.
 */
export class DeferredCheckpoint implements Handler {
  readonly kind: Handler['kind'];
  readonly name: string;
  readonly subjects: readonly string[];
  readonly maxBatch: number;
  private written: Checkpoint | undefined;
  private ahead: Checkpoint | undefined;
  private timer: NodeJS.Timeout | undefined;
  private turn: Promise<unknown> = Promise.resolve();

  /** `deferMs`: progress over events of others is written down this late, or with the next batch that holds something. */
  constructor(
    private readonly handler: Handler,
    private readonly deferMs: number,
  ) {
    this.kind = handler.kind;
    this.name = handler.name;
    this.subjects = handler.subjects;
    this.maxBatch = handler.maxBatch;
  }

  open(): Promise<Checkpoint> {
    return this.inTurn(async () => {
      this.ahead = undefined;
      this.written = await this.handler.open();
      return this.written;
    });
  }

  async stored(): Promise<Checkpoint> {
    await this.write().catch(() => undefined);
    return this.handler.stored();
  }

  apply(batch: EventBatch, checkpoint: Checkpoint, signal: AbortSignal): Promise<Checkpoint> {
    return this.inTurn(async () => {
      if (batch.events.length === 0) return this.passOver(after(checkpoint, batch));
      this.ahead = undefined;
      this.written = await this.handler.apply(batch, this.written ?? checkpoint, signal);
      return this.written;
    });
  }

  /** Nothing up to the position is for this handler. Between batches only. */
  pass(position: number): void {
    const at = this.ahead ?? this.written;
    if (at && position > at.position) this.passOver({ ...at, position });
  }

  /** Writes down what was only known in memory. @throws CheckpointMoved, and what the database throws */
  write(): Promise<void> {
    return this.inTurn(async () => {
      const { ahead, written } = this;
      this.ahead = undefined;
      if (!ahead || !written || ahead.position <= written.position) return;
      const nothing: EventBatch = { events: [], position: ahead.position, caughtUp: true };
      this.written = await this.handler.apply(nothing, written, NEVER);
    });
  }

  /** Nothing more is coming: no write is left behind. */
  async settle(): Promise<void> {
    clearTimeout(this.timer);
    await this.write().catch(() => undefined);
  }

  private passOver(to: Checkpoint): Checkpoint {
    this.ahead = to;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      // A failure shows with the next batch, or to the watchdog, which compares what is stored with what is known.
      this.write().catch(() => undefined);
    }, this.deferMs);
    return to;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work, work);
    this.turn = result.catch(() => undefined);
    return result;
  }
}

const NEVER = new AbortController().signal;
