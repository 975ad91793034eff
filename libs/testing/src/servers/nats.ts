import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  awaitExit,
  findNatsServer,
  freePort,
  signalProcess,
  startNatsServer,
  stopProcess,
  type LoggedProcess,
} from '@slipway/local-servers';
import { forgetServer, recordServer, testRun } from './test-run';

export interface NatsSettings {
  /** Further lines of the server's configuration: accounts, permissions. */
  readonly config?: string;
  /** `always` as in production (the default of the platform); tests that measure no durability take the faster `2m`. */
  readonly syncInterval?: string;
  /**
   * A complete configuration in place of the default one, e.g. `natsServerConfig` of libs/event-store-jetstream. Must listen on
   * the port and store in the directory that it is given.
   */
  readonly fullConfig?: (options: { port: number; storeDirectory: string }) => string;
}

export interface NatsServer {
  readonly url: string;
  readonly port: number;
  readonly storeDirectory: string;
  readonly logFile: string;
  readonly pid: number;
  /** Ends it (SIGKILL unless told) and leaves its data. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same port and data. */
  start(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

const defaultConfig = (port: number, storeDirectory: string, settings: NatsSettings): string => `
listen: "127.0.0.1:${port}"
max_payload: 8MB
jetstream { store_dir: "${storeDirectory}", sync_interval: "${settings.syncInterval ?? 'always'}" }
${settings.config ?? ''}
`;

/** A real nats-server with JetStream on files, on a free port, gone at the end of the test run at the latest. */
export async function startNats(settings: NatsSettings = {}): Promise<NatsServer> {
  const { file } = findNatsServer();
  const directory = mkdtempSync(join(testRun(), 'nats-'));
  const storeDirectory = join(directory, 'store');
  mkdirSync(storeDirectory);
  const port = await freePort();
  const configFile = join(directory, 'nats.conf');
  const logFile = join(directory, 'nats.log');
  writeFileSync(configFile, settings.fullConfig?.({ port, storeDirectory }) ?? defaultConfig(port, storeDirectory, settings));
  let running: LoggedProcess;
  const start = async (): Promise<void> => {
    running = await startNatsServer({ file, configFile, port, logFile });
    running.child.unref();
    recordServer(running.identity);
  };
  await start();
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    storeDirectory,
    logFile,
    get pid() {
      return running.identity.pid;
    },
    async kill(signal = 'SIGKILL') {
      signalProcess(running.identity, signal);
      await awaitExit(running.identity, 10_000);
    },
    start,
    async stop() {
      await stopProcess(running.identity, 'SIGTERM', 3_000);
      forgetServer(running.identity);
      rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
