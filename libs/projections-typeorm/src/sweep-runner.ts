import { isSlipwayError, type ProjectionStatus } from '@slipway/contracts';
import type { DataSource } from 'typeorm';
import type { Due, ExpirySweep } from './expiry-sweep';
import type { Log } from './handler';
import type { Lease, LeaseSession } from './lease-session';
import type { Positions } from './positions';
import type { Sql } from './projection';
import { sqlOf } from './transaction';

export interface SweepContext {
  readonly source: DataSource;
  readonly leases: LeaseSession;
  readonly positions: Positions;
  readonly log: Log;
  readonly now: () => Date;
}

const LONGEST_TIMER_MS = 3_600_000;
/** After a sweep, the read model needs a moment to show what was done. */
const SETTLE_MS = 250;
/** Where all that is due is left alone: whatever becomes due meanwhile is found this late at most. */
const STUCK_MS = 1_000;
/** An id that was tried is left alone this long; twice as long each time it fails again. */
const RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 300_000;
/** Whoever waits so long for the lock has left it to another replica, and what went wrong here is no more. */
const OVERTAKEN_MS = 5_000;

/** An id that was tried. */
interface Tried {
  /** Tried again from then on, by the monotonic clock. */
  readonly until: number;
  readonly failures: number;
  readonly error: string | null;
}

/** Sleeps until something is due or a read model moved; sweeps; and again. */
export class SweepRunner {
  state: ProjectionStatus['state'] = 'standby';
  /** When it last carried something out. */
  updatedAt: string | null = null;
  private readonly stopping = new AbortController();
  private readonly tried = new Map<string, Tried>();
  private interruption: string | null = null;
  private running: Promise<void> | undefined;

  constructor(
    readonly sweep: ExpirySweep,
    private readonly context: SweepContext,
  ) {}

  /** Why it cannot go on, or what it fails at. */
  get error(): string | null {
    if (this.interruption !== null) return this.interruption;
    const failing = [...this.tried].filter(([, { error }]) => error !== null);
    const [first] = failing;
    if (!first) return null;
    const others = failing.length > 1 ? `; ${failing.length - 1} more fail` : '';
    return `'${first[0]}' is due and fails: ${first[1].error}${others}`;
  }

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    this.state = 'stopped';
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const lease = await this.lease(signal);
      if (!lease) return;
      try {
        this.state = 'live';
        await this.whileActive(AbortSignal.any([signal, lease.lost]));
      } catch (error) {
        this.interruption = error instanceof Error ? error.message : String(error);
        this.context.log.warn({ sweep: this.sweep.name, error: this.interruption }, 'sweep interrupted');
      } finally {
        this.state = 'standby';
        this.tried.clear();
        await lease.release();
      }
      await this.woken(1_000, signal, false);
    }
  }

  private async lease(signal: AbortSignal): Promise<Lease | undefined> {
    const overtaken = setTimeout(() => (this.interruption = null), OVERTAKEN_MS);
    try {
      return await this.context.leases.acquire(`sweep/${this.sweep.name}`, signal);
    } finally {
      clearTimeout(overtaken);
    }
  }

  private async whileActive(signal: AbortSignal): Promise<void> {
    const sql = sqlOf(this.context.source);
    while (!signal.aborted) {
      const { moves } = this.context.positions;
      const due = await this.sweep.nextDue(sql);
      this.interruption = null;
      const waitMs = due ? due.getTime() - this.context.now().getTime() : LONGEST_TIMER_MS;
      if (waitMs > 0) {
        this.tried.clear();
        if (moves === this.context.positions.moves) await this.woken(Math.min(waitMs, LONGEST_TIMER_MS), signal, true);
        await this.woken(Math.min(waitMs, SETTLE_MS), signal, false);
        continue;
      }
      const tried = await this.sweepAll(sql, signal);
      await this.woken(tried ? SETTLE_MS : STUCK_MS, signal, false);
    }
  }

  /** All that is due, page by page: what cannot expire keeps nothing behind it waiting. @returns whether anything was tried. */
  private async sweepAll(sql: Sql, signal: AbortSignal): Promise<boolean> {
    const now = this.context.now();
    const seen = new Set<string>();
    let tried = false;
    let last: Due | undefined;
    for (;;) {
      const page = await this.sweep.due(sql, now, last);
      for (const { id } of page) {
        if (signal.aborted) return tried;
        seen.add(id);
        if (await this.expire(id)) tried = true;
      }
      last = page.at(-1);
      if (last) continue;
      for (const id of this.tried.keys()) if (!seen.has(id)) this.tried.delete(id);
      return tried;
    }
  }

  /** @returns false when it was left alone. */
  private async expire(id: string): Promise<boolean> {
    const before = this.tried.get(id);
    if (before && before.until > performance.now()) return false;
    const error = await this.failureOf(id);
    const failures = error === null ? 0 : (before?.failures ?? 0) + 1;
    const waitMs = Math.min(LONGEST_RETRY_MS, RETRY_MS * 2 ** Math.max(0, Math.min(failures - 1, 10)));
    this.tried.set(id, { until: performance.now() + waitMs, failures, error });
    return true;
  }

  private async failureOf(id: string): Promise<string | null> {
    try {
      await this.sweep.expire(id);
      this.updatedAt = this.context.now().toISOString();
      return null;
    } catch (error) {
      if (isSlipwayError(error) && (error.category === 'rule_violation' || error.category === 'not_found')) return null;
      const why = error instanceof Error ? error.message : String(error);
      this.context.log.warn({ sweep: this.sweep.name, id, error: why }, 'expiry failed; it is tried again');
      return why;
    }
  }

  /** Resolves after `ms`, when the signal aborts, and with `onAdvance` when any read model of the service moved. */
  private async woken(ms: number, signal: AbortSignal, onAdvance: boolean): Promise<void> {
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        stopListening();
        resolve();
      };
      const timer = setTimeout(wake, ms);
      signal.addEventListener('abort', wake);
      const stopListening = onAdvance ? this.context.positions.onAdvance(wake) : () => undefined;
    });
  }
}
