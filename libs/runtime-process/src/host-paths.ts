import { createHash } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Longest socket path that both Linux (108 bytes) and macOS (104) bind. */
const MAX_SOCKET_PATH = 100;

/** Where the host keeps what it knows, below the data directory that it owns alone. */
export interface HostPaths {
  readonly dataDir: string;
  readonly socket: string;
  readonly hostLog: string;
  readonly hostKey: string;
  readonly journal: string;
  readonly cursors: string;
  readonly slots: string;
  readonly artifacts: string;
  /** Stands for the data directory where only a short name fits. */
  readonly identity: string;
}

export function hostPaths(dataDir: string): HostPaths {
  const root = resolve(dataDir);
  const identity = createHash('sha256').update(root).digest('hex').slice(0, 24);
  const direct = join(root, 'host.sock');
  return {
    dataDir: root,
    socket: Buffer.byteLength(direct) <= MAX_SOCKET_PATH ? direct : join(tmpdir(), `slipway-${identity}`, 'host.sock'),
    hostLog: join(root, 'host.log'),
    hostKey: join(root, 'host.key'),
    journal: join(root, 'journal.jsonl'),
    cursors: join(root, 'cursors.json'),
    slots: join(root, 'slots'),
    artifacts: join(root, 'artifacts'),
    identity,
  };
}

/** Creates a directory that only this user may enter; refuses one that belongs to somebody else. */
export function ownDirectory(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const owner = statSync(path).uid;
  const me = process.getuid?.() ?? owner;
  if (owner !== me) throw new Error(`${path} belongs to user ${owner}, not to ${me}`);
}
