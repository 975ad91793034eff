import { spawn } from 'node:child_process';
import { existsSync, openSync, closeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ownDirectory, type HostPaths } from '../host-paths';

export interface HostStart {
  readonly paths: HostPaths;
  /** Node to run the host (and `node` of the workloads) with. */
  readonly nodeBinary: string;
  readonly entry: string;
}

/** The host's program: built beside this file, or in `dist` when this runs from sources. */
export function defaultHostEntry(): string {
  const beside = join(__dirname, '..', 'host', 'main.js');
  return existsSync(beside) ? beside : join(__dirname, '..', '..', 'dist', 'host', 'main.js');
}

/**
 * Starts a host, detached and with nothing of our environment but PATH and the locale. Safe to race: of several only one leads,
 * the others exit. Returns at once; whether it answers is for the caller to see.
 */
export function startHost({ paths, nodeBinary, entry }: HostStart): void {
  ownDirectory(paths.dataDir);
  const log = openSync(paths.hostLog, 'a', 0o600);
  try {
    const path = [dirname(nodeBinary), process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin'].join(':');
    const locale = process.env['LANG'];
    const child = spawn(nodeBinary, ['--max-semi-space-size=2', entry, paths.dataDir], {
      cwd: paths.dataDir,
      detached: true,
      env: { PATH: path, ...(locale !== undefined && { LANG: locale }) },
      stdio: ['ignore', log, log],
    });
    child.on('error', () => undefined);
    child.unref();
  } finally {
    closeSync(log);
  }
}
