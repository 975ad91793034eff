import { chmodSync, mkdirSync, mkdtempSync, openSync, closeSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  awaitExit,
  createCluster,
  findPostgres,
  freePort,
  postgresUrl,
  runSql,
  signalProcess,
  startPostgresServer,
  stopProcess,
  unprivilegedUser,
  type LoggedProcess,
} from '@slipway/local-servers';
import { eventually } from '../eventually';
import { forgetServer, recordServer, testRun } from './test-run';

interface ServerAddress {
  readonly port: number;
  readonly password: string;
}

export interface PostgresDatabase {
  /** Of a fresh, empty database of its own. */
  readonly url: string;
  /** Drops the database. */
  stop(): Promise<void>;
}

export interface PostgresServer extends PostgresDatabase {
  /** Of the cluster. */
  readonly directory: string;
  readonly pid: number;
  /** Ends the server (SIGKILL unless told) and leaves its data. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  start(): Promise<void>;
}

/** Tests kill processes, not the machine: they need no fsync. */
const SETTINGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300'];

async function launch(directory: string, settings: readonly string[]): Promise<ServerAddress & { start(): Promise<LoggedProcess> }> {
  const user = unprivilegedUser();
  const binaries = findPostgres(user, join(testRun(), 'reachable'));
  const password = randomBytes(12).toString('hex');
  const cluster = join(directory, 'cluster');
  createCluster({ binaries, directory: cluster, user, password });
  const port = await freePort();
  const logFile = join(directory, 'postgres.log');
  const start = async (): Promise<LoggedProcess> => {
    const running = await startPostgresServer({ binaries, directory: cluster, user, port, password, logFile, settings });
    running.child.unref();
    recordServer(running.identity);
    return running;
  };
  return { port, password, start };
}

function newDirectory(): string {
  chmodSync(testRun(), 0o755);
  const directory = mkdtempSync(join(testRun(), 'postgres-'));
  chmodSync(directory, 0o755);
  return directory;
}

/** The run's shared server: the first to ask starts it, the others wait for its address. */
async function sharedServer(): Promise<ServerAddress> {
  const address = join(testRun(), 'postgres.json');
  if (takes(`${address}.lock`)) {
    const launched = await launch(newDirectory(), SETTINGS);
    await launched.start();
    writeFileSync(`${address}.partial`, JSON.stringify({ port: launched.port, password: launched.password }));
    mkdirSync(`${address}.ready`);
  }
  await eventually(() => openSync(`${address}.ready`, 'r'), { timeoutMs: 60_000 }).then(closeSync);
  return JSON.parse(readFileSync(`${address}.partial`, 'utf8')) as ServerAddress;
}

function takes(file: string): boolean {
  try {
    mkdirSync(file);
    return true;
  } catch {
    return false;
  }
}

/**
 * A fresh database on a real PostgreSQL that all files of the test run share (it starts with the first call).
 * For a server of its own, which may be killed, see `startPostgresServerAlone`.
 */
export async function startPostgres(): Promise<PostgresDatabase> {
  const { port, password } = await sharedServer();
  const name = `test_${randomBytes(8).toString('hex')}`;
  const admin = postgresUrl(port, password, 'postgres');
  await runSql(admin, `CREATE DATABASE ${name} STRATEGY file_copy`);
  return {
    url: postgresUrl(port, password, name),
    stop: async () => {
      await runSql(admin, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

/** A durable server of its own, which the test may kill and start again. */
export async function startPostgresAlone(settings: readonly string[] = []): Promise<PostgresServer> {
  const directory = newDirectory();
  const launched = await launch(directory, settings);
  let running = await launched.start();
  await runSql(postgresUrl(launched.port, launched.password, 'postgres'), 'CREATE DATABASE slipway');
  return {
    url: postgresUrl(launched.port, launched.password, 'slipway'),
    directory: join(directory, 'cluster'),
    get pid() {
      return running.identity.pid;
    },
    async kill(signal = 'SIGKILL') {
      signalProcess(running.identity, signal);
      await awaitExit(running.identity, 10_000);
    },
    async start() {
      running = await launched.start();
    },
    async stop() {
      await stopProcess(running.identity, 'SIGINT', 5_000);
      forgetServer(running.identity);
      rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
