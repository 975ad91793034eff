import { tailOf } from '@slipway/local-servers';

const TAIL_BYTES = 16_000;
const SHOWN_LINES = 8;
const LONGEST_LINE = 400;

interface LogLine {
  readonly level?: string;
  readonly msg?: string;
  readonly error?: { readonly message?: string };
}

/** A service's JSON log line in words; other lines as they are. */
function inWords(line: string): string {
  if (!line.startsWith('{')) return line;
  try {
    const { level = '', msg = '', error } = JSON.parse(line) as LogLine;
    return `${level}: ${[msg, error?.message].filter(Boolean).join(': ')}`;
  } catch {
    return line;
  }
}

/** The last lines of a process's log, short enough for a person to read. */
export function lastWords(logFile: string): string {
  const lines = tailOf(logFile, TAIL_BYTES)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const words = new Set(lines.map((line) => `  ${inWords(line).slice(0, LONGEST_LINE)}`).reverse());
  return [...words].slice(0, SHOWN_LINES).reverse().join('\n');
}
