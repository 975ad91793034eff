/** Where commands print: plain lines unless it is a terminal that wants more. */
export interface Terminal {
  readonly isTerminal: boolean;
  readonly colours: boolean;
  line(text?: string): void;
  /** Replaces the last line on a terminal; prints nothing elsewhere. */
  transient(text: string): void;
}

const ERASE = '\r\u001b[2K';

export function terminalOf(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv = process.env): Terminal {
  const isTerminal = stream.isTTY === true && env['TERM'] !== 'dumb' && !env['CI'];
  let pending = false;
  const clear = (): string => {
    const erase = pending ? ERASE : '';
    pending = false;
    return erase;
  };
  return {
    isTerminal,
    colours: isTerminal && !env['NO_COLOR'],
    line: (text = '') => void stream.write(`${clear()}${text}\n`),
    transient: (text) => {
      if (!isTerminal) return;
      stream.write(`${clear()}${text.slice(0, (stream.columns || 80) - 1)}`);
      pending = true;
    },
  };
}

const paint =
  (code: number) =>
  (terminal: Terminal, text: string): string =>
    terminal.colours ? `\u001b[${code}m${text}\u001b[0m` : text;
export const green = paint(32);
export const red = paint(31);
export const yellow = paint(33);
export const dim = paint(2);
export const bold = paint(1);

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
