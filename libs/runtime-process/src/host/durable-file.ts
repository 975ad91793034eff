import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Replaces a file atomically; `durable` also survives a power loss (fsync of the file and its directory). Mode 0600. */
export function replaceFile(path: string, content: string | Uint8Array, { durable }: { durable: boolean }): void {
  const temporary = `${path}.${process.pid}.tmp`;
  const file = openSync(temporary, 'w', 0o600);
  try {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
    if (durable) fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
  if (durable) syncDirectory(dirname(path));
}

export function syncDirectory(path: string): void {
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

/** The parsed JSON of a file; undefined when there is none. Throws on one that does not parse: `replaceFile` never leaves such. */
export function readJson<T>(path: string): T | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return JSON.parse(text) as T;
}

/**
 * For what is useful but not vital to write: a full disk must not stop the supervision of what runs. The refusal goes to the
 * host's log, if that can be written.
 */
export function unlessDiskRefuses(write: () => void): void {
  try {
    write();
  } catch (error) {
    complain(error);
  }
}

/** Not by `process.stderr`, which fails for good once a write failed: the host's log is on the same disk. */
function complain(error: unknown): void {
  try {
    writeSync(2, `${new Date().toISOString()} not written: ${error instanceof Error ? error.message : String(error)}\n`);
  } catch {
    return;
  }
}
