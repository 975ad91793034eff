/** A line of a log as a page shows it. */
export interface LogLine {
  /** When it was written, an ISO 8601 timestamp in UTC; null where its writer does not say. */
  readonly at: string | null;
  /** Who wrote it: a step of a release, a replica of a slot. */
  readonly by: string | null;
  /** As it was written, with its ANSI colours. */
  readonly line: string;
}

const LINE_END = /\r\n|\r|\n/;
const LAST_LINE_END = /[\r\n]+$/;

/** What was written at once may have ends of lines in it: a row for each. */
export function rowsOf(written: LogLine): readonly LogLine[] {
  if (!LINE_END.test(written.line)) return [written];
  const lines = written.line.replace(LAST_LINE_END, '').split(LINE_END);
  return lines.map((line) => ({ ...written, line }));
}

/** Who wrote in a log, in the order in which they began. */
export function writersOf(lines: readonly LogLine[]): string[] {
  const writers = new Set<string>();
  for (const { by } of lines) if (by !== null) writers.add(by);
  return [...writers];
}

/** The log as a text file: times in UTC as they were written, colours kept. */
export const fileOf = (lines: readonly LogLine[]): string =>
  lines.map(({ at, by, line }) => `${[at, by, line].filter((part) => part !== null).join(' ')}\n`).join('');
