import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** Undefined when the file is not there. @throws SyntaxError naming the file when it holds something else. */
export function readJson<T>(file: string): T | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new SyntaxError(`${file} is damaged; restore it, or start over with 'npm run reset'`, { cause });
  }
}

/** Replaces the file in one step, readable by its owner alone. */
export function writeJson(file: string, value: unknown): void {
  writeText(file, `${JSON.stringify(value, null, 2)}\n`);
}

export function writeText(file: string, text: string): void {
  const partial = `${file}.${process.pid}.partial`;
  writeFileSync(partial, text, { mode: 0o600 });
  chmodSync(partial, 0o600);
  renameSync(partial, file);
}
