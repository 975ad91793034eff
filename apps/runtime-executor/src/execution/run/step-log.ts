import type { Clock } from '@slipway/event-sourcing';
import { Redactor } from '@slipway/secrets';
import type { LogSink } from './run.ports';

const MAX_LINES = 5000;
const MAX_LINE_LENGTH = 4096;
const TAIL_LINES = 20;

/** The log of one run, streamed while it runs: secrets taken out by value, bounded in lines and length. */
export class StepLog {
  readonly redactor = new Redactor();
  private lines = 0;
  private readonly latest: string[] = [];

  constructor(
    private readonly sink: LogSink,
    private readonly clock: Clock,
    private readonly runId: string,
  ) {}

  write(step: string | null, text: string): void {
    for (const raw of text.split('\n')) this.line(step, raw.trimEnd());
  }

  /** The latest lines, for diagnostics. */
  tail(): readonly string[] {
    return [...this.latest];
  }

  private line(step: string | null, raw: string): void {
    if (raw === '') return;
    this.lines++;
    const redacted = this.redactor.text(raw);
    const line = redacted.length > MAX_LINE_LENGTH ? `${redacted.slice(0, MAX_LINE_LENGTH)} [cut]` : redacted;
    this.latest.push(line);
    if (this.latest.length > TAIL_LINES) this.latest.shift();
    if (this.lines > MAX_LINES) return;
    const published = this.lines === MAX_LINES ? `[log ends here: more than ${MAX_LINES} lines]` : line;
    this.sink.publish(this.runId, { at: this.clock.now(), step, line: published });
  }
}
