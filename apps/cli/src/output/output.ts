import Table from 'cli-table3';

export type Colour = 'green' | 'red' | 'yellow' | 'cyan' | 'dim' | 'bold';
const CODES: Readonly<Record<Colour, number>> = { green: 32, red: 31, yellow: 33, cyan: 36, dim: 2, bold: 1 };
const ERASE = '\r\u001b[2K';

/** Where commands print: tables and sentences for people, one JSON document or one JSON line per item for programs. */
export interface Output {
  readonly json: boolean;
  readonly isTerminal: boolean;
  paint(colour: Colour, text: string): string;
  line(text?: string): void;
  /** Replaced by the next line; terminals only. */
  transient(text: string): void;
  table(heading: readonly string[], rows: readonly (readonly string[])[]): void;
  /** The command's whole answer as JSON. */
  document(value: unknown): void;
  /** One item of a stream, as a line of JSON. */
  record(value: unknown): void;
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

export function outputOf(stream: NodeJS.WriteStream, json: boolean, env: NodeJS.ProcessEnv = process.env): Output {
  const isTerminal = stream.isTTY === true && env['TERM'] !== 'dumb';
  const colours = (isTerminal && !env['NO_COLOR'] && !json) || env['FORCE_COLOR'] === '1';
  let pending = false;
  const line = (text = ''): void => {
    stream.write(`${pending ? ERASE : ''}${text}\n`);
    pending = false;
  };
  return {
    json,
    isTerminal,
    line,
    paint: (colour, text) => (colours ? `\u001b[${CODES[colour]}m${text}\u001b[0m` : text),
    transient: (text) => {
      if (!isTerminal || json) return;
      stream.write(`${pending ? ERASE : ''}${text.slice(0, (stream.columns || 80) - 1)}`);
      pending = true;
    },
    table: (heading, rows) => {
      const table = new Table({
        head: [...heading],
        chars: { ...PLAIN, middle: '  ' },
        style: { head: colours ? ['bold'] : [], border: [], 'padding-left': 0, 'padding-right': 0 },
      });
      table.push(...rows.map((row) => [...row]));
      for (const text of table.toString().split('\n')) line(text.trimEnd());
    },
    document: (value) => line(JSON.stringify(value, null, 2)),
    record: (value) => line(JSON.stringify(value)),
  };
}
