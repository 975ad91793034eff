import type { ContainerDetails } from './container';
import type { EngineClient } from './engine-client';

export interface ContainerLine {
  readonly at: string | null;
  readonly line: string;
}
export interface LogQuery {
  readonly tail: number;
  readonly follow: boolean;
  readonly sinceSeconds?: number;
}

const HEADER = 8;
const MAX_LINE = 16_384;

/** What a container writes to stdout and stderr, line by line; the engine's frames, which it sends where there is no terminal, taken off. */
export async function* readLogs(
  engine: EngineClient,
  { Id, Config: { Tty = false } }: Pick<ContainerDetails, 'Id' | 'Config'>,
  query: LogQuery,
  signal: AbortSignal,
): AsyncGenerator<ContainerLine> {
  const answer = await engine.open(
    `/containers/${Id}/logs`,
    {
      stdout: 'true',
      stderr: 'true',
      timestamps: 'true',
      follow: String(query.follow),
      tail: String(query.tail),
      ...(query.sinceSeconds !== undefined && { since: String(Math.floor(Date.now() / 1000 - query.sinceSeconds)) }),
    },
    signal,
  );
  const rests = ['', '', ''];
  for await (const [stream, text] of Tty ? plain(answer) : frames(answer)) {
    const lines = (rests[stream]! + text).split('\n');
    rests[stream] = lines.pop() ?? '';
    for (const line of lines) yield lineOf(line);
  }
  for (const rest of rests) if (rest !== '') yield lineOf(rest);
}

function lineOf(text: string): ContainerLine {
  const space = text.indexOf(' ');
  const at = text.slice(0, space);
  const stamped = /^\d{4}-\d\d-\d\dT/.test(at);
  return { at: stamped ? at : null, line: (stamped ? text.slice(space + 1) : text).replace(/\r$/, '').slice(0, MAX_LINE) };
}

async function* plain(source: AsyncIterable<unknown>): AsyncGenerator<readonly [number, string]> {
  const decoder = new TextDecoder();
  for await (const chunk of source) yield [1, decoder.decode(chunk as Buffer, { stream: true })];
}

/** Eight bytes (stream, 0, 0, 0, length) before each piece. */
async function* frames(source: AsyncIterable<unknown>): AsyncGenerator<readonly [number, string]> {
  const decoders = [new TextDecoder(), new TextDecoder(), new TextDecoder()];
  let buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    buffer = Buffer.concat([buffer, chunk as Buffer]);
    while (buffer.length >= HEADER && buffer.length >= HEADER + buffer.readUInt32BE(4)) {
      const stream = Math.min(buffer[0]!, 2);
      const end = HEADER + buffer.readUInt32BE(4);
      yield [stream, decoders[stream]!.decode(buffer.subarray(HEADER, end), { stream: true })];
      buffer = buffer.subarray(end);
    }
  }
}
