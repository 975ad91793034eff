import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { identify, isRunning, type ProcessIdentity } from '@slipway/local-servers';
import { ensureCredentials, hasKeys } from './data-directory/credentials';
import { readJson, writeJson } from './data-directory/files';
import { dataDirectory, type DataDirectory } from './data-directory/layout';
import { assignPorts } from './data-directory/ports';
import { portNames, type PlatformSettings } from './services';
import { clearLeftovers } from './supervisor/leftovers';
import { runStep } from './supervisor/preparation';
import { Supervisor } from './supervisor/supervisor';
import { readStatus } from './supervisor/status';
import { stopWorkloads } from './supervisor/workloads';

export interface EmbeddedOptions {
  readonly dataDirectory: string;
  readonly httpPort: number;
  readonly httpHost?: string;
  readonly environment?: NodeJS.ProcessEnv;
}

export interface HeldPlatform {
  readonly settings: PlatformSettings;
  /** Lets go of the data directory. */
  readonly release: () => void;
}

/**
 * Data directory, credentials, keys and ports: all that a start needs before the first process. Holds the data directory and
 * ends what a killed supervisor left running there.
 * @throws Error when another supervisor holds it.
 */
export async function holdPlatform(options: EmbeddedOptions): Promise<HeldPlatform> {
  const data = dataDirectory(options.dataDirectory);
  const credentials = ensureCredentials(data);
  const release = holdDataDirectory(data);
  if (!release) throw new Error(`Another supervisor already runs on ${data.root}; see 'npm run status', stop it with 'npm run down'.`);
  try {
    if (!hasKeys(data)) await runStep('keys', [data.root], {});
    await clearLeftovers(readStatus(data.statusFile));
    const ports = await assignPorts(data, portNames());
    const { httpPort, httpHost = '127.0.0.1', environment } = options;
    return { settings: { data, credentials, ports, httpPort, httpHost, environment }, release };
  } catch (error) {
    release();
    throw error;
  }
}

/** One supervisor to a data directory. Undefined when another one holds it. */
function holdDataDirectory(data: DataDirectory): (() => void) | undefined {
  const file = join(data.run, 'supervisor.lock');
  const holder = readJson<ProcessIdentity>(file);
  if (holder && isRunning(holder)) return undefined;
  writeJson(file, identify(process.pid));
  return () => rmSync(file, { force: true });
}

/** The supervisor's process: runs until SIGTERM or SIGINT, then stops everything. */
export async function supervise(options: EmbeddedOptions): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const { settings, release } = await holdPlatform(options);
  const supervisor = new Supervisor({ settings, stopWorkloads: () => stopWorkloads(settings.data) });
  const stop = (): void => {
    void supervisor.stop().then(() => {
      release();
      process.exit(0);
    });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('SIGHUP', () => undefined);
  await supervisor.start().catch((error: unknown) => {
    release();
    throw error;
  });
}

if (require.main === module) {
  supervise(JSON.parse(process.argv[2]!) as EmbeddedOptions).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  });
}
