/** A line of a log as it came. */
export interface WrittenLine {
  /** When it was written, in ISO 8601; null where its target does not tell. */
  readonly at: string | null;
  /** What wrote it, e.g. a step or a replica. */
  readonly by: string | null;
  readonly text: string;
}

/** A line of a log with its number, from 1 on; it keeps it when lines are filtered, and when older ones are let go. */
export interface LogLine extends WrittenLine {
  readonly number: number;
}

/** How a line reads, with colours as it brought them. */
export type LineText = (line: LogLine) => string;

const LINE_END = /\r\n?/g;
const timed = ({ at, text }: LogLine, by: string): string => `${at ? `${at.slice(11, 23)}  ` : ''}${by}${text.replace(LINE_END, '\n')}`;

/** A line of one writer: time and words. */
export const plainText: LineText = (line) => timed(line, '');
/** A line among those of others: time, writer and words. */
export const attributedText: LineText = (line) => timed(line, line.by === null ? '' : `${line.by} · `);
