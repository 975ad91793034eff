import { setTimeout as delay } from 'node:timers/promises';
import type { EventBatch, EventStore } from '@slipway/event-sourcing';
import type { ProjectionStatus } from '@slipway/contracts';
import type { Checkpoint } from './checkpoint';
import type { LeaseSession } from './lease-session';
import { verifyLog } from './log-check';
import type { LogIntegrity } from './log-integrity';
import type { Positions } from './positions';
import { readAhead } from './read-ahead';

export type FollowerState = ProjectionStatus['state'];

/** What a follower does with the log: a projection writes rows, a reaction runs commands. */
export interface Handler {
  readonly kind: ProjectionStatus['kind'];
  readonly name: string;
  readonly subjects: readonly string[];
  readonly maxBatch: number;
  /** Called when this replica has become the active one. @returns the stored checkpoint. */
  open(): Promise<Checkpoint>;
  /** Applies a batch and moves the checkpoint. @returns the new one. */
  apply(batch: EventBatch, checkpoint: Checkpoint, signal: AbortSignal): Promise<Checkpoint>;
}

/** Where followers tell what they do; pino's shape. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What all followers of a service share. */
export interface FollowerContext {
  readonly store: EventStore;
  readonly leases: LeaseSession;
  readonly positions: Positions;
  readonly integrity: LogIntegrity;
  readonly timing: FollowerTiming;
  readonly log: Log;
}
export interface FollowerTiming {
  /** No progress for this long while the log moved: subscribe anew (RELIABILITY.md: consumers stall). */
  readonly stallMs: number;
  readonly firstBackoffMs: number;
  readonly longestBackoffMs: number;
}
export const FOLLOWER_TIMING: FollowerTiming = { stallMs: 15_000, firstBackoffMs: 100, longestBackoffMs: 10_000 };

class Interrupted extends Error {
  constructor(
    override readonly name: 'Stalled' | 'Restarted',
    message: string,
  ) {
    super(message);
  }
}

/**
 * Follows the log in order from its own checkpoint, on one replica at a time, and by itself recovers from everything:
 * a lost database or log connection, a stalled subscription, a failing batch (retried with backoff, shown in `error`).
 */
export class Follower {
  state: FollowerState = 'standby';
  error: string | null = null;
  updatedAt: string | null = null;
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private failures = 0;
  private lastProgress = 0;
  private busy = false;
  private attempt: AbortController | undefined;

  constructor(
    readonly handler: Handler,
    private readonly context: FollowerContext,
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  /** Finishes the batch at hand, then hands the lock on. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    this.state = 'stopped';
  }

  /** Goes on from the stored checkpoint, which someone else has moved. */
  restart(): void {
    this.attempt?.abort(new Interrupted('Restarted', `the checkpoint of '${this.handler.name}' was moved`));
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      this.state = 'standby';
      const lease = await this.context.leases.acquire(this.handler.name, signal);
      if (!lease) return;
      try {
        await this.follow(AbortSignal.any([signal, lease.lost]));
      } catch (error) {
        this.failed(error, lease.lost.aborted);
      } finally {
        await lease.release();
      }
      await this.pause();
    }
  }

  private async follow(signal: AbortSignal): Promise<void> {
    let checkpoint = await this.handler.open();
    this.context.positions.set(this.handler.name, checkpoint.position);
    await this.refuseLostLog(checkpoint, signal);
    if (signal.aborted) return;
    this.state = 'catching-up';
    this.context.log.info({ follower: this.handler.name, position: checkpoint.position }, 'following the log');
    const attempt = new AbortController();
    this.attempt = attempt;
    const watchdog = this.watch(attempt);
    const reading = AbortSignal.any([signal, attempt.signal]);
    const { subjects, maxBatch } = this.handler;
    const batches = readAhead(this.context.store.subscribe({ after: checkpoint.position, subjects, maxBatch, signal: reading }));
    try {
      for (;;) {
        const next = await batches.next();
        if (next.done || reading.aborted) break;
        checkpoint = await this.applied(next.value, checkpoint, signal);
      }
    } finally {
      clearInterval(watchdog);
      attempt.abort();
      await batches.return();
    }
    if (signal.aborted) return;
    if (!(attempt.signal.reason instanceof Interrupted)) throw new Error('the subscription ended by itself');
    if (attempt.signal.reason.name === 'Stalled') throw attempt.signal.reason;
  }

  private async applied(batch: EventBatch, checkpoint: Checkpoint, signal: AbortSignal): Promise<Checkpoint> {
    this.busy = true;
    try {
      const moved = await this.handler.apply(unseen(batch, checkpoint.position), checkpoint, signal);
      this.state = batch.caughtUp ? 'live' : 'catching-up';
      this.error = null;
      this.failures = 0;
      this.updatedAt = new Date().toISOString();
      this.context.positions.advance(this.handler.name, moved.position);
      return moved;
    } finally {
      this.busy = false;
      this.lastProgress = performance.now();
    }
  }

  private watch(attempt: AbortController): NodeJS.Timeout {
    this.lastProgress = performance.now();
    const check = async (): Promise<void> => {
      if (this.busy || performance.now() - this.lastProgress < this.context.timing.stallMs) return;
      this.lastProgress = performance.now();
      const position = this.context.positions.get(this.handler.name);
      const head = await this.context.store.position();
      if (head === position || this.busy) return;
      attempt.abort(new Interrupted('Stalled', `no progress at ${position} while the log is at ${head}`));
    };
    const timer = setInterval(() => void check().catch(() => undefined), Math.max(20, this.context.timing.stallMs / 5));
    timer.unref();
    return timer;
  }

  /** Waits, refusing to go on, while the log lacks what the checkpoint has seen. */
  private async refuseLostLog(checkpoint: Checkpoint, signal: AbortSignal): Promise<void> {
    const { integrity, store, log } = this.context;
    const { name } = this.handler;
    const breach = integrity.breach(name) ?? (await verifyLog(store, name, checkpoint, signal));
    if (!breach) return;
    integrity.report(breach);
    this.state = 'stopped';
    this.error = breach.why;
    log.error({ follower: name, ...breach }, 'the log is behind a checkpoint');
    await integrity.cleared(name, signal);
    if (!signal.aborted) await this.follow(signal);
  }

  private failed(error: unknown, leaseLost: boolean): void {
    this.failures += 1;
    this.error = error instanceof Error ? error.message : String(error);
    const level = leaseLost || this.failures === 1 ? 'warn' : 'error';
    this.context.log[level]({ follower: this.handler.name, failures: this.failures, error: this.error }, 'follower interrupted');
  }

  private async pause(): Promise<void> {
    const { firstBackoffMs, longestBackoffMs } = this.context.timing;
    if (this.failures === 0) return;
    const ms = Math.min(longestBackoffMs, firstBackoffMs * 2 ** Math.min(this.failures - 1, 20));
    await delay(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}

/** What a redelivery repeats is not applied again. */
function unseen(batch: EventBatch, position: number): EventBatch {
  const [first] = batch.events;
  if (!first || first.position > position) return batch;
  return { ...batch, events: batch.events.filter((event) => event.position > position), position: Math.max(batch.position, position) };
}
