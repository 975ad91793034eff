import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createApiClient, type ApiClient } from '@slipway/api-client';
import { createDemoProject, holdPlatform, stopWorkloads, Supervisor, type ManagedProcess, type PlatformSettings } from '@slipway/embedded';
import { awaitExit, freePort } from '@slipway/local-servers';
import { eventually, testRun } from '@slipway/testing';
import { Actor } from './actor';

export type Role = 'admin' | 'developer' | 'approver' | 'viewer' | 'agent';

export interface PlatformOptions {
  /** Kept over `stop`; default: a directory of the test run. */
  readonly dataDir?: string;
  readonly port?: number;
  /** Project `demo` with dev, staging, prod, a process target `local` in each, and service `hello`; default true. */
  readonly demo?: boolean;
  /** Further variables for every service. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** The whole embedded platform, as `npm run up` starts it, for journeys and fault tests. */
export interface Platform {
  readonly url: string;
  readonly settings: PlatformSettings;
  readonly supervisor: Supervisor;
  /** The API as a role of tokens.json. */
  api(role: Role): ApiClient;
  /** The API with the steps of a journey on top. */
  as(role: Role): Actor;
  /** Bearer token of a role. */
  token(role: Role): string;
  /** Sends a signal to a service, `nats-server` or `postgres`, and waits until it is gone; the supervisor starts it again. */
  kill(name: string, signal?: NodeJS.Signals): Promise<void>;
  /** Every process is up and says that it is ready. */
  ready(timeoutMs?: number): Promise<void>;
  /** Stops everything, workloads included; removes the data unless the caller gave the directory. */
  stop(): Promise<void>;
}

/** The supervisor publishes `ready` only when all serve at once. */
const READY_TIMEOUT_MS = 90_000;

function newDirectory(): string {
  chmodSync(testRun(), 0o755);
  const directory = mkdtempSync(join(testRun(), 'platform-'));
  chmodSync(directory, 0o755);
  return directory;
}

export async function startPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const dataDirectory = options.dataDir ?? newDirectory();
  mkdirSync(dataDirectory, { recursive: true });
  const httpPort = options.port ?? (await freePort());
  const { settings, release } = await holdPlatform({ dataDirectory, httpPort, environment: { LOG_LEVEL: 'info', ...options.environment } });
  const supervisor = new Supervisor({ settings, stopWorkloads: () => stopWorkloads(settings.data) });
  await supervisor.start().catch((error: unknown) => {
    release();
    throw error;
  });
  const tokens = JSON.parse(readFileSync(settings.data.tokensFile, 'utf8')) as Record<Role, string>;
  const api = (role: Role): ApiClient => createApiClient({ baseUrl: supervisor.url, token: tokens[role] });
  const platform: Platform = {
    url: supervisor.url,
    settings,
    supervisor,
    api,
    as: (role) => new Actor(api(role), role),
    token: (role) => tokens[role],
    kill: (name, signal = 'SIGKILL') => kill(supervisor.process(name), signal),
    ready: async (timeoutMs = READY_TIMEOUT_MS) => {
      await eventually(() => supervisor.status().state === 'ready', { timeoutMs });
    },
    stop: async () => {
      await supervisor.stop();
      release();
      if (options.dataDir === undefined) rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 10 });
    },
  };
  try {
    if (options.demo ?? true) await createDemoProject(api('admin'), slotPorts());
  } catch (error) {
    await platform.stop();
    throw error;
  }
  return platform;
}

/** Platforms of parallel test files do not share slot ports: a range of 100 for each, below the ephemeral ports, none of them `npm run up`'s. */
function slotPorts(): { host: '127.0.0.1'; port_from: number; port_to: number } {
  const from = 20_100 + 100 * Math.floor(Math.random() * 119);
  return { host: '127.0.0.1', port_from: from, port_to: from + 99 };
}

async function kill(managed: ManagedProcess, signal: NodeJS.Signals): Promise<void> {
  const { identity } = managed.status();
  if (!identity) return;
  managed.signal(signal);
  await awaitExit(identity, 30_000);
}
