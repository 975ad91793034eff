import { closeSync, fstatSync, openSync, readSync, readdirSync, statSync, truncateSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { unlessDiskRefuses } from './durable-file';

const MAX_LOG_BYTES = 5 * 1024 * 1024;
const TAIL_BYTES = 256 * 1024;
const LOOK_EVERY_MS = 200;

export interface LogLine {
  readonly releaseId: string;
  readonly replica: string;
  readonly line: string;
}
export interface LogQuery {
  readonly releaseId: string | null;
  /** Last lines per replica to begin with. */
  readonly lines: number;
  readonly follow: boolean;
}

/** What the replicas of a slot wrote, oldest first per replica; following, until `gone`. Bounded to the last 256 KiB of each file. */
export async function* readLogs(directory: string, query: LogQuery, gone: AbortSignal): AsyncGenerator<LogLine> {
  const tails = new Map<string, LogTail>();
  do {
    for (const file of logFiles(directory, query.releaseId)) {
      let tail = tails.get(file.path);
      if (!tail) tails.set(file.path, (tail = new LogTail(file.path, query.lines)));
      for (const line of tail.more()) yield { releaseId: file.releaseId, replica: file.replica, line };
    }
    if (query.follow && !gone.aborted) await pause(gone);
  } while (query.follow && !gone.aborted);
}

/** Keeps every log below 5 MiB by moving it aside once; replicas write on, as they append. */
export function boundLogs(directory: string): void {
  for (const { path } of logFiles(directory, null)) {
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) <= MAX_LOG_BYTES) continue;
    unlessDiskRefuses(() => copyFileSync(path, `${path}.1`));
    unlessDiskRefuses(() => truncateSync(path, 0));
  }
}

class LogTail {
  private offset = 0;
  private rest = '';
  private skip: number | null;

  constructor(
    private readonly path: string,
    lines: number,
  ) {
    this.skip = lines;
    this.offset = Math.max(0, (statSync(path, { throwIfNoEntry: false })?.size ?? 0) - TAIL_BYTES);
  }

  /** Complete lines since the last call; the first call gives the last `lines`. */
  more(): readonly string[] {
    const lines = (this.rest + this.read()).split('\n');
    this.rest = lines.pop() ?? '';
    if (this.skip === null) return lines;
    const first = lines.slice(Math.max(0, lines.length - this.skip));
    this.skip = null;
    return first;
  }

  private read(): string {
    let file: number;
    try {
      file = openSync(this.path, 'r');
    } catch {
      return '';
    }
    try {
      const { size } = fstatSync(file);
      if (size < this.offset) this.offset = 0;
      const buffer = Buffer.alloc(Math.min(size - this.offset, TAIL_BYTES));
      const bytes = readSync(file, buffer, 0, buffer.length, this.offset);
      this.offset += bytes;
      return buffer.toString('utf8', 0, bytes);
    } finally {
      closeSync(file);
    }
  }
}

function logFiles(directory: string, releaseId: string | null): readonly { path: string; releaseId: string; replica: string }[] {
  const releases = releaseId === null ? list(directory) : [releaseId];
  return releases.flatMap((release) =>
    list(join(directory, release))
      .filter((name) => name.endsWith('.log'))
      .map((name) => ({ path: join(directory, release, name), releaseId: release, replica: name.slice(0, -'.log'.length) })),
  );
}

function list(directory: string): readonly string[] {
  try {
    return readdirSync(directory).sort();
  } catch {
    return [];
  }
}

function pause(gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      gone.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, LOOK_EVERY_MS);
    gone.addEventListener('abort', wake);
  });
}
