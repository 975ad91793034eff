import { chownSync, closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { hasEnded, spawnLogged, tailOf, type LoggedProcess } from '../os/logged-process';
import type { UserIds } from '../os/unprivileged-user';
import type { PostgresBinaries } from './postgres-binaries';
import { SUPERUSER } from './postgres-cluster';

export interface PostgresOptions {
  readonly binaries: PostgresBinaries;
  readonly directory: string;
  readonly user: UserIds | undefined;
  readonly port: number;
  readonly password: string;
  readonly logFile: string;
  /** Further `name=value` settings. */
  readonly settings?: readonly string[];
  readonly timeoutMs?: number;
}

/** For one machine with everything on it: small, durable, reachable over loopback alone. */
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'shared_buffers=32MB',
  'max_connections=100',
  'work_mem=4MB',
  'maintenance_work_mem=32MB',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_wal_size=512MB',
  'jit=off',
  'max_parallel_workers=0',
  'autovacuum_max_workers=1',
  'huge_pages=off',
  'log_timezone=UTC',
  'timezone=UTC',
  'lc_messages=C',
];
/** Without worker processes for reads: they cost memory. Older servers do not know it. */
const SETTINGS_SINCE_18 = ['io_method=sync'];

export const postgresUrl = (port: number, password: string, database: string): string =>
  `postgres://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;

/** Runs one statement on a connection of its own. */
export async function runSql(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  // A server that dies meanwhile fails the statement, or has already answered it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Whether the server lets clients in: it asks for a password, rather than saying that it is starting up. */
export const postgresAnswers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const finish = (answered: boolean): void => {
      socket.destroy();
      resolve(answered);
    };
    socket.setTimeout(2_000, () => finish(false));
    socket.once('error', () => finish(false));
    socket.once('connect', () => socket.write(startupMessage(SUPERUSER)));
    socket.once('data', (reply) => finish(reply[0] === AUTHENTICATION));
  });
const AUTHENTICATION = 'R'.charCodeAt(0);

/** StartupMessage of the protocol, version 3.0 (PostgreSQL manual, 54.7). */
function startupMessage(user: string): Buffer {
  const body = Buffer.from(`user\0${user}\0database\0postgres\0\0`, 'latin1');
  const head = Buffer.alloc(8);
  head.writeInt32BE(body.length + head.length, 0);
  head.writeInt32BE(196_608, 4);
  return Buffer.concat([head, body]);
}

/**
 * Starts the server and waits until it answers. After `kill -9` of an earlier one it recovers from the write-ahead log; the
 * leftover postmaster.pid is judged by PostgreSQL itself, and backends that have not ended yet are waited for.
 * @throws Error with the tail of its log.
 */
export async function startPostgresServer(options: PostgresOptions): Promise<LoggedProcess> {
  const deadline = performance.now() + (options.timeoutMs ?? 60_000);
  for (;;) {
    const started = await spawnPostgres(options);
    while (!hasEnded(started.child) && !(await postgresAnswers(options.port))) {
      if (performance.now() > deadline) {
        started.child.kill('SIGQUIT');
        throw new Error(`PostgreSQL did not answer on port ${options.port} in time:\n${tailOf(options.logFile)}`);
      }
      await delay(20);
    }
    if (!hasEnded(started.child)) return started;
    const tail = tailOf(options.logFile, 2_000);
    if (!/is still in use|lock file .* already exists/.test(tail) || performance.now() > deadline) {
      throw new Error(`PostgreSQL ended while starting:\n${tail}`);
    }
    await delay(200);
  }
}

/**
 * PostgreSQL refuses to start while the pid in a leftover postmaster.pid runs, whatever it is by now. Only a process that names this
 * very directory counts; the shared memory of an earlier server, which PostgreSQL checks as well, still does.
 */
function clearStalePidFile(directory: string): void {
  const file = join(directory, 'postmaster.pid');
  if (process.platform !== 'linux' || !existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const command = `/proc/${pid}/cmdline`;
  if (existsSync(command) && !readFileSync(command, 'utf8').includes(directory)) rmSync(file);
}

async function spawnPostgres(options: PostgresOptions): Promise<LoggedProcess> {
  clearStalePidFile(options.directory);
  closeSync(openSync(options.logFile, 'a', 0o600));
  if (options.user) chownSync(options.logFile, options.user.uid, options.user.gid);
  const version = Number(readFileSync(join(options.directory, 'PG_VERSION'), 'utf8'));
  const settings = [...SETTINGS, ...(version >= 18 ? SETTINGS_SINCE_18 : []), ...(options.settings ?? [])];
  return spawnLogged({
    file: options.binaries.postgres,
    argv: ['-D', options.directory, '-p', String(options.port), ...settings.flatMap((setting) => ['-c', setting])],
    logFile: options.logFile,
    cwd: '/',
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
    user: options.user,
  });
}

/** Creates the database unless it exists. */
export async function ensureDatabase(port: number, password: string, database: string): Promise<void> {
  const url = postgresUrl(port, password, 'postgres');
  const [found] = await runSql(url, `SELECT 1 FROM pg_database WHERE datname = '${database}'`);
  if (!found) await runSql(url, `CREATE DATABASE "${database}"`);
}
