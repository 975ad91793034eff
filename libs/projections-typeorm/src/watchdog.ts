import type { FollowerContext, Handler } from './handler';

/** Why a follower gave up an attempt that had not failed: to start anew from its stored checkpoint. */
export class Interrupted extends Error {
  constructor(
    override readonly name: 'Stalled' | 'Restarted',
    message: string,
  ) {
    super(message);
  }
}

/**
 * Looks after an attempt that shows no progress: aborts it when the log moved on (a stalled subscription), or when the stored
 * checkpoint is elsewhere (the read model was dropped and made anew).
 */
export class Watchdog {
  private readonly timer: NodeJS.Timeout;
  private since = performance.now();
  private busy = false;

  constructor(
    private readonly handler: Handler,
    private readonly context: FollowerContext,
    private readonly attempt: AbortController,
  ) {
    const everyMs = Math.max(20, context.timing.stallMs / 5);
    this.timer = setInterval(() => void this.check().catch(() => undefined), everyMs);
    this.timer.unref();
  }

  /** A batch being applied is progress, however long it takes. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.busy = true;
    try {
      return await work();
    } finally {
      this.busy = false;
      this.alive();
    }
  }

  alive(): void {
    this.since = performance.now();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async check(): Promise<void> {
    if (this.busy || performance.now() - this.since < this.context.timing.stallMs) return;
    const since = (this.since = performance.now());
    const { name } = this.handler;
    const { store, positions } = this.context;
    const head = await store.position();
    await store.confirm(head);
    const stored = await this.handler.stored();
    const position = positions.get(name);
    if (this.busy || this.since !== since) return;
    if (stored.position !== position) {
      this.attempt.abort(new Interrupted('Restarted', `the checkpoint of '${name}' is at ${stored.position}, not ${position}`));
    } else if (head !== position) {
      this.attempt.abort(new Interrupted('Stalled', `no progress at ${position} while the log is at ${head}`));
    }
  }
}
