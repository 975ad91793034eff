import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { tailOf } from '@slipway/local-servers';
import { dataDirectory } from '../data-directory/layout';

const SHOWN_BYTES = 8_000;

/**
 * Prints the end of one process's log, or of all; `follow` goes on as they grow, until the signal.
 * @throws Error naming the logs that there are.
 */
export async function showLogs(
  directory: string,
  name: string | undefined,
  options: { follow: boolean; signal?: AbortSignal; write?: (text: string) => void },
): Promise<void> {
  const write = options.write ?? ((text: string) => void process.stdout.write(text));
  const { logs } = dataDirectory(directory);
  const names = existsSync(logs) ? readdirSync(logs).flatMap((file) => (file.endsWith('.log') ? [file.slice(0, -4)] : [])) : [];
  if (name !== undefined && !names.includes(name))
    throw new Error(`There is no log '${name}'; there are: ${names.join(', ') || 'none yet'}`);
  const chosen = name === undefined ? names : [name];
  const sizes = new Map<string, number>();
  for (const each of chosen) {
    const file = join(logs, `${each}.log`);
    if (chosen.length > 1) write(`==> ${each} <==\n`);
    write(tailOf(file, SHOWN_BYTES));
    sizes.set(each, statSync(file).size);
  }
  while (options.follow && !options.signal?.aborted) {
    for (const each of chosen) await printGrowth(join(logs, `${each}.log`), each, sizes, chosen.length > 1, write);
    await delay(200, undefined, { signal: options.signal }).catch(() => undefined);
  }
}

async function printGrowth(
  file: string,
  name: string,
  sizes: Map<string, number>,
  named: boolean,
  write: (text: string) => void,
): Promise<void> {
  const before = sizes.get(name) ?? 0;
  const { size } = statSync(file);
  sizes.set(name, size);
  if (size === before) return;
  if (named) write(`==> ${name} <==\n`);
  const stream = createReadStream(file, { start: size < before ? 0 : before, end: size - 1, encoding: 'utf8' });
  for await (const chunk of stream) write(chunk as string);
}
