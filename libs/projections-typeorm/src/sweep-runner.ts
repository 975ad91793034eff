import { isSlipwayError } from '@slipway/contracts';
import type { DataSource } from 'typeorm';
import type { ExpirySweep } from './expiry-sweep';
import type { Log } from './handler';
import type { LeaseSession } from './lease-session';
import type { Positions } from './positions';
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
/** An id that gave nothing to do, or failed, is left alone this long. */
const RETRY_MS = 5_000;

/** Sleeps until something is due or a read model moved; sweeps; and again. */
export class SweepRunner {
  private readonly stopping = new AbortController();
  private readonly leftAlone = new Map<string, number>();
  private running: Promise<void> | undefined;
  error: string | null = null;

  constructor(
    readonly sweep: ExpirySweep,
    private readonly context: SweepContext,
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const lease = await this.context.leases.acquire(`sweep/${this.sweep.name}`, signal);
      if (!lease) return;
      try {
        await this.whileActive(AbortSignal.any([signal, lease.lost]));
      } catch (error) {
        this.error = error instanceof Error ? error.message : String(error);
        this.context.log.warn({ sweep: this.sweep.name, error: this.error }, 'sweep interrupted');
      } finally {
        await lease.release();
      }
      await this.woken(1_000, signal, false);
    }
  }

  private async whileActive(signal: AbortSignal): Promise<void> {
    const sql = sqlOf(this.context.source);
    while (!signal.aborted) {
      const { moves } = this.context.positions;
      const due = await this.sweep.nextDue(sql);
      const waitMs = due ? due.getTime() - this.context.now().getTime() : LONGEST_TIMER_MS;
      if (waitMs > 0) {
        if (moves === this.context.positions.moves) await this.woken(Math.min(waitMs, LONGEST_TIMER_MS), signal, true);
        await this.woken(Math.min(waitMs, SETTLE_MS), signal, false);
        continue;
      }
      for (const id of await this.sweep.due(sql, this.context.now())) {
        if (signal.aborted) return;
        await this.expire(id);
      }
      await this.woken(SETTLE_MS, signal, false);
    }
  }

  private async expire(id: string): Promise<void> {
    const now = performance.now();
    if ((this.leftAlone.get(id) ?? 0) > now) return;
    this.leftAlone.set(id, now + RETRY_MS);
    for (const [other, until] of this.leftAlone) if (until <= now) this.leftAlone.delete(other);
    try {
      await this.sweep.expire(id);
      this.error = null;
    } catch (error) {
      const nothingToDo = isSlipwayError(error) && (error.category === 'rule_violation' || error.category === 'not_found');
      if (nothingToDo) return;
      this.error = error instanceof Error ? error.message : String(error);
      this.context.log.warn({ sweep: this.sweep.name, id, error: this.error }, 'expiry failed; it is tried again');
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
