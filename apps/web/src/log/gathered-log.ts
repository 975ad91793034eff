import { latest } from './growing';
import type { LogLine, WrittenLine } from './log-line';

/** Lines that come together are drawn together, in milliseconds. */
const GATHER_MS = 150;

export interface Log {
  readonly lines: readonly LogLine[];
  /** Who wrote, in the order in which they began. */
  readonly writers: readonly string[];
}
export const NO_LOG: Log = { lines: [], writers: [] };

/** A log that is being read: its lines are numbered as they come and shown a few times a second, the latest of them. */
export class GatheredLog {
  private log = NO_LOG;
  private waiting: LogLine[] = [];
  private count = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly most: number,
    private readonly show: (log: Log) => void,
  ) {}

  add(line: WrittenLine): void {
    this.waiting.push({ ...line, number: ++this.count });
    this.timer ??= setTimeout(() => this.draw(), GATHER_MS);
  }

  /** Shows what has come, now. */
  draw(): void {
    this.stop();
    const more = this.waiting;
    this.waiting = [];
    this.log = { lines: latest([...this.log.lines, ...more], this.most), writers: withWriters(this.log.writers, more) };
    this.show(this.log);
  }

  /** Shows nothing any more. */
  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}

/** The same list where nobody new has written. */
function withWriters(known: readonly string[], more: readonly LogLine[]): readonly string[] {
  const writers = new Set(known);
  for (const { by } of more) if (by !== null) writers.add(by);
  return writers.size === known.length ? known : [...writers];
}
