import type { SlotLogBatch, SlotLogLine } from '@slipway/contracts';
import type { WorkloadLogLine } from '@slipway/runtime-target';

const MAX_WAITING = 500;
const BATCH = 200;
const LONGEST_WAIT_MS = 10_000;

/** Lines between a source and its taker: the source waits while 500 lines are not taken, the taker up to 10 s for the first. */
export class LineBuffer {
  private readonly lines: SlotLogLine[] = [];
  private ended = false;
  private wake: (() => void)[] = [];

  constructor(private readonly over: AbortSignal) {
    over.addEventListener('abort', () => this.changed(), { once: true });
  }

  /** Reads until the source or the session ends. A source that breaks is over, and its error the last line. */
  async fill(source: AsyncIterable<WorkloadLogLine>, view: (line: WorkloadLogLine) => Promise<SlotLogLine>): Promise<void> {
    try {
      for await (const line of source) {
        this.lines.push(await view(line));
        this.changed();
        while (this.lines.length >= MAX_WAITING && !this.over.aborted) await this.change();
      }
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.lines.push({
        at: null,
        release_id: '',
        process: 'slipway',
        replica: 'slipway',
        line: `[the logs cannot be read on: ${why}]`.slice(0, 8192),
      });
    }
    this.ended = true;
    this.changed();
  }

  async take(): Promise<SlotLogBatch> {
    const waited = setTimeout(() => this.changed(), LONGEST_WAIT_MS);
    if (this.lines.length === 0 && !this.ended && !this.over.aborted) await this.change();
    clearTimeout(waited);
    const lines = this.lines.splice(0, BATCH);
    this.changed();
    return { lines, ended: this.over.aborted || (this.ended && this.lines.length === 0) };
  }

  private change(): Promise<void> {
    return new Promise((resolve) => this.wake.push(resolve));
  }

  private changed(): void {
    const waiting = this.wake;
    this.wake = [];
    for (const wake of waiting) wake();
  }
}
