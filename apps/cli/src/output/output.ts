import Table from 'cli-table3';
import { harmlessCell, harmlessJson, harmlessLine, harmlessLog } from './harmless';

export type Colour = 'green' | 'red' | 'yellow' | 'cyan' | 'dim' | 'bold';
const CODES: Readonly<Record<Colour, number>> = { green: 32, red: 31, yellow: 33, cyan: 36, dim: 2, bold: 1 };
const ERASE = '\r\u001b[2K';

/**
 * Where commands print: tables and sentences for people, one JSON document or one JSON line per item for programs. Text may be anybody's:
 * nothing in it reaches the terminal that the terminal would obey.
 */
export interface Output {
  readonly json: boolean;
  readonly isTerminal: boolean;
  paint(colour: Colour, text: string): string;
  /** Text of more than one line goes on indented. */
  line(text?: string): void;
  /** A line that a program wrote, with its colours, behind what we say about it. */
  logLine(about: string, text: string): void;
  /** Replaced by the next line; terminals only. */
  transient(text: string): void;
  table(heading: readonly string[], rows: readonly (readonly string[])[]): void;
  /** The command's whole answer as JSON. */
  document(value: unknown): void;
  /** One item of a stream, as a line of JSON. */
  record(value: unknown): void;
  /** About the command rather than of its answer: on standard error. */
  note(text: string): void;
}

/** No frame: columns set apart by two spaces. */
const PLAIN = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
  ].map((part) => [part, '']),
);

/** @param errors where notes go. */
export function outputOf(
  stream: NodeJS.WriteStream,
  json: boolean,
  env: NodeJS.ProcessEnv = process.env,
  errors: NodeJS.WritableStream = process.stderr,
): Output {
  const isTerminal = stream.isTTY === true && env['TERM'] !== 'dumb';
  const colours = (isTerminal && !env['NO_COLOR'] && !json) || env['FORCE_COLOR'] === '1';
  let pending = false;
  const erase = (): void => {
    if (pending) stream.write(ERASE);
    pending = false;
  };
  const write = (text: string): void => {
    erase();
    stream.write(`${text}\n`);
  };
  const paint = (colour: Colour, text: string): string => (colours ? `\u001b[${CODES[colour]}m${text}\u001b[0m` : text);
  return {
    json,
    isTerminal,
    paint,
    line: (text = '') => write(harmlessLine(text, colours)),
    logLine: (about, text) => write(`${harmlessLine(paint('dim', about), colours)}${harmlessLog(text)}`),
    transient: (text) => {
      if (!isTerminal || json) return;
      erase();
      stream.write(harmlessCell(text, false).slice(0, (stream.columns || 80) - 1));
      pending = true;
    },
    table: (heading, rows) => {
      const table = new Table({
        head: [...heading],
        chars: { ...PLAIN, middle: '  ' },
        style: { head: colours ? ['bold'] : [], border: [], 'padding-left': 0, 'padding-right': 0 },
      });
      table.push(...rows.map((row) => row.map((cell) => harmlessCell(cell, colours))));
      for (const text of table.toString().split('\n')) write(text.trimEnd());
    },
    document: (value) => write(harmlessJson(JSON.stringify(value, null, 2))),
    record: (value) => write(harmlessJson(JSON.stringify(value))),
    note: (text) => {
      erase();
      errors.write(json ? `${harmlessJson(JSON.stringify({ kind: 'note', detail: text }))}\n` : `  ${harmlessLine(text, false)}\n`);
    },
  };
}
