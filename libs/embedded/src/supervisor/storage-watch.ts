import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { freeBytes } from '../data-directory/free-space';

/** What nats-server 2.14 logs about a write that failed; from then on it fails every one, until it is started anew. */
const CANNOT_WRITE = /failed to store a msg|critical write error/i;
/** So much is free again that a new start is worth it. */
const WORTHWHILE_BYTES = 64 * 1024 ** 2;

/**
 * Tells from its log when nats-server has stopped writing. It does on a full disk, says "ok" to every probe, and does not
 * recover when there is space again (docs/adr/0012): only a new start helps, and loses nothing.
 */
export class StorageWatch {
  private read = 0;
  private stuck = false;

  constructor(
    private readonly logFile: string,
    private readonly directory: string,
    private readonly free: (directory: string) => number = freeBytes,
  ) {}

  /** A new process: what the log says so far is about the one before. */
  startOver(): void {
    this.read = this.size();
    this.stuck = false;
  }

  writes(): boolean {
    this.stuck ||= CANNOT_WRITE.test(this.news());
    return !this.stuck;
  }

  /** It does not write, and would after a new start. */
  needsNewStart(): boolean {
    return !this.writes() && this.free(this.directory) >= WORTHWHILE_BYTES;
  }

  private news(): string {
    const size = this.size();
    // A log that grew too large was emptied.
    const from = size < this.read ? 0 : this.read;
    this.read = size;
    if (size === from) return '';
    const bytes = Buffer.alloc(Math.min(size - from, 256 * 1024));
    const file = openSync(this.logFile, 'r');
    try {
      return bytes.toString('utf8', 0, readSync(file, bytes, 0, bytes.length, size - bytes.length));
    } finally {
      closeSync(file);
    }
  }

  private size(): number {
    return statSync(this.logFile, { throwIfNoEntry: false })?.size ?? 0;
  }
}
