import { copyFileSync, readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';

/** A log is kept in two files of at most this size: `<name>.log` and, before it, `<name>.log.1`. */
const MAX_BYTES = 20 * 1024 ** 2;
const CHECK_MS = 5_000;

/** The processes append to their logs themselves, so a full one is copied and emptied rather than renamed. */
export function boundLogs(directory: string, maxBytes = MAX_BYTES): void {
  for (const name of readdirSync(directory).filter((entry) => entry.endsWith('.log'))) {
    const file = join(directory, name);
    if (statSync(file).size <= maxBytes) continue;
    copyFileSync(file, `${file}.1`);
    truncateSync(file, 0);
  }
}

/** Keeps the logs bounded until the returned function is called. A full disk does not end the supervisor. */
export function keepLogsBounded(directory: string, onError: (error: unknown) => void): () => void {
  const timer = setInterval(() => {
    try {
      boundLogs(directory);
    } catch (error) {
      onError(error);
    }
  }, CHECK_MS);
  timer.unref();
  return () => clearInterval(timer);
}
