import { withoutAnsi } from './ansi';
import { continues } from './growing';
import type { LineText, LogLine } from './log-line';
import { occurrences } from './matches';

const ASK_EVERY = 256;

/**
 * Searches a log that grows, as it is read: regardless of case and colour. For the same words, only what came since is looked at; how a
 * line reads is made once.
 */
export class LineSearch {
  private readonly read = new WeakMap<LogLine, string>();
  private words = '';
  private lines: readonly LogLine[] = [];
  private at = 0;
  private found: number[] = [];
  private told: readonly number[] = [];

  constructor(private readonly textOf: LineText) {}

  /** Numbers of the lines that have the words, a line as often as it has them; the same list while there are no more. */
  get matches(): readonly number[] {
    if (this.told.length !== this.found.length) this.told = [...this.found];
    return this.told;
  }

  /** Looks for words in lines until `pause` wants to, which is asked now and then. @returns whether all were looked at */
  look(words: string, lines: readonly LogLine[], pause: () => boolean = () => false): boolean {
    if (words !== this.words || !continues(lines, this.lines)) this.begin(words);
    this.lines = lines;
    for (; this.at < lines.length; this.at++) {
      if (this.at % ASK_EVERY === 0 && pause()) return false;
      const line = lines[this.at]!;
      occurrences(this.reading(line), words).forEach(() => this.found.push(line.number));
    }
    return true;
  }

  private begin(words: string): void {
    this.words = words;
    this.at = 0;
    this.found = [];
    this.told = [];
  }

  private reading(line: LogLine): string {
    const known = this.read.get(line);
    if (known !== undefined) return known;
    const made = withoutAnsi(this.textOf(line)).toLowerCase();
    this.read.set(line, made);
    return made;
  }
}
