import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { UserIds } from '../os/unprivileged-user';
import type { PostgresBinaries } from './postgres-binaries';

export interface ClusterOptions {
  readonly binaries: PostgresBinaries;
  /** Directory of the cluster; its parents must be reachable by `user`. */
  readonly directory: string;
  readonly user: UserIds | undefined;
  readonly password: string;
}
export const SUPERUSER = 'slipway';

/** Creates the cluster unless it exists; true when it did. A half-made one (initdb was killed) is made again. */
export function createCluster(options: ClusterOptions): boolean {
  const done = join(options.directory, 'PG_VERSION');
  const marker = join(dirname(options.directory), `${options.directory.split('/').pop()}.creating`);
  if (existsSync(done) && !existsSync(marker)) return false;
  rmSync(options.directory, { recursive: true, force: true });
  mkdirSync(options.directory, { recursive: true, mode: 0o700 });
  writeFileSync(marker, '');
  const passwordFile = `${options.directory}.password`;
  writeFileSync(passwordFile, options.password, { mode: 0o600 });
  if (options.user) for (const path of [options.directory, passwordFile]) chownSync(path, options.user.uid, options.user.gid);
  try {
    runInitdb(options, passwordFile);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  rmSync(marker);
  return true;
}

function runInitdb({ binaries, directory, user }: ClusterOptions, passwordFile: string): void {
  const flags = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-instructions', `--username=${SUPERUSER}`];
  const result = spawnSync(binaries.initdb, [`--pgdata=${directory}`, `--pwfile=${passwordFile}`, ...flags], {
    encoding: 'utf8',
    cwd: '/',
    env: { ...process.env, LC_ALL: 'C' },
    ...user,
  });
  if (result.status === 0) return;
  throw new Error(`PostgreSQL could not create its data directory ${directory}: ${result.stderr || String(result.error)}`, {
    cause: result.error,
  });
}
