import { setTimeout as delay } from 'node:timers/promises';
import type { ProjectionStatus } from '@slipway/contracts';
import type { EventBatch } from '@slipway/event-sourcing';
import type { Checkpoint } from './checkpoint';
import type { DeferredCheckpoint } from './deferred-checkpoint';
import type { FollowerContext } from './handler';
import type { Lease } from './lease-session';
import { verifyLog } from './log-check';
import { readAhead } from './read-ahead';
import { Interrupted, Watchdog } from './watchdog';

/** Nobody waits longer for a read model. */
const WANTED_MS = 5_000;

/**
 * Follows the log in order from its own checkpoint, on one replica at a time, and by itself recovers from everything:
 * a lost database or log connection, a stalled subscription, a failing batch (retried with backoff, shown in `error`).
 */
export class Follower {
  state: ProjectionStatus['state'] = 'standby';
  error: string | null = null;
  updatedAt: string | null = null;
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private failures = 0;
  private leading = false;
  private attempt: AbortController | undefined;

  constructor(
    readonly handler: DeferredCheckpoint,
    private readonly context: FollowerContext,
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  /** Finishes the batch at hand, then hands the lock on. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await this.handler.settle();
    this.state = 'stopped';
  }

  /** Goes on from the stored checkpoint, which someone else has moved. */
  restart(): void {
    this.attempt?.abort(new Interrupted('Restarted', `the checkpoint of '${this.handler.name}' was moved`));
  }

  /** Another replica is the active one and has made progress. */
  overtaken(): void {
    if (this.leading) return;
    this.error = null;
    this.updatedAt = new Date().toISOString();
  }

  /** Another replica waits for the position: as the active one, writes it down as soon as it is reached. */
  async wanted(position: number): Promise<void> {
    if (this.state !== 'live' && this.state !== 'catching-up') return;
    await this.context.positions.wait(this.handler.name, position, WANTED_MS);
    await this.handler.write();
  }

  /** Reports to `integrity` when the log lacks what the checkpoint has seen. @returns whether it does. */
  async auditLog(checkpoint: Checkpoint, signal: AbortSignal): Promise<boolean> {
    const { integrity, store, log } = this.context;
    const { name } = this.handler;
    const known = integrity.breach(name);
    const breach = known ?? (await verifyLog(store, name, checkpoint, signal));
    if (!breach || known) return breach !== undefined;
    integrity.report(breach);
    log.error({ follower: name, ...breach }, 'the log is behind a checkpoint');
    return true;
  }

  /** As `auditLog`, by a replica that is not the active one. */
  async auditAsStandby(): Promise<void> {
    const { signal } = this.stopping;
    if (this.state === 'standby' && !signal.aborted) await this.auditLog(await this.handler.stored(), signal);
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      this.state = 'standby';
      const lease = await this.lease(signal);
      if (!lease) return;
      try {
        this.leading = true;
        await this.follow(AbortSignal.any([signal, lease.lost]));
      } catch (error) {
        this.failed(error, lease.lost.aborted);
      } finally {
        await lease.release();
        this.leading = false;
      }
      await this.pause();
    }
  }

  private async lease(signal: AbortSignal): Promise<Lease | undefined> {
    const { leases, timing } = this.context;
    const audit = setTimeout(() => void this.auditAsStandby().catch(() => undefined), timing.standbyCheckMs);
    try {
      return await leases.acquire(this.handler.name, signal);
    } finally {
      clearTimeout(audit);
    }
  }

  private async follow(signal: AbortSignal): Promise<void> {
    const checkpoint = await this.handler.open();
    this.context.positions.set(this.handler.name, checkpoint.position);
    if (await this.auditLog(checkpoint, signal)) return this.refuse(signal);
    if (signal.aborted) return;
    this.state = 'catching-up';
    this.context.log.info({ follower: this.handler.name, position: checkpoint.position }, 'following the log');
    const attempt = (this.attempt = new AbortController());
    const watchdog = new Watchdog(this.handler, this.context, attempt);
    try {
      await this.applyAll(checkpoint, AbortSignal.any([signal, attempt.signal]), watchdog);
    } finally {
      watchdog.stop();
    }
    const reason: unknown = attempt.signal.reason;
    if (signal.aborted || (reason instanceof Interrupted && reason.name === 'Restarted')) return;
    throw reason instanceof Interrupted ? reason : new Error('the subscription ended by itself');
  }

  private async applyAll(from: Checkpoint, stop: AbortSignal, watchdog: Watchdog): Promise<void> {
    const { subjects, maxBatch } = this.handler;
    const ended = new AbortController();
    const signal = AbortSignal.any([stop, ended.signal]);
    const passed = (position: number): void => {
      this.handler.pass(position);
      this.advanced(position);
      watchdog.alive();
    };
    const events = this.context.store.subscribe({ after: from.position, subjects, maxBatch, signal, passed });
    const batches = readAhead(events, ({ caughtUp }) => !caughtUp);
    let checkpoint = from;
    try {
      for (;;) {
        const next = await batches.next();
        if (next.done || stop.aborted) return;
        checkpoint = await watchdog.during(() => this.apply(next.value, checkpoint, stop));
        if (next.value.caughtUp) await this.gather(next.value, stop);
      }
    } finally {
      ended.abort();
      await batches.return();
    }
  }

  /** Each batch of a read model is a transaction: when events stream in, they share one, unless somebody waits for it. */
  private async gather({ events }: EventBatch, stop: AbortSignal): Promise<void> {
    if (this.handler.kind === 'projection' && events.length > 0)
      await this.context.positions.unwanted(this.handler.name, this.context.timing.gatherMs, stop);
  }

  private async apply(batch: EventBatch, checkpoint: Checkpoint, signal: AbortSignal): Promise<Checkpoint> {
    const moved = await this.handler.apply(unseen(batch, checkpoint.position), checkpoint, signal);
    this.state = batch.caughtUp ? 'live' : 'catching-up';
    this.error = null;
    this.failures = 0;
    this.advanced(moved.position);
    return moved;
  }

  private advanced(position: number): void {
    this.updatedAt = new Date().toISOString();
    this.context.positions.advance(this.handler.name, position);
  }

  /** Waits, holding the lock, until the breach is gone: nobody is to follow a log that lost events. */
  private async refuse(signal: AbortSignal): Promise<void> {
    const { integrity, leases } = this.context;
    const { name } = this.handler;
    this.state = 'stopped';
    this.error = integrity.breach(name)?.why ?? null;
    await leases.tell('breached', name);
    await integrity.cleared(name, signal);
    this.error = null;
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
