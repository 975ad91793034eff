import { join } from 'node:path';
import type { ServiceName } from '@slipway/contracts';
import {
  findNatsServer,
  findPostgres,
  natsGreets,
  postgresAnswers,
  spawnLogged,
  startNatsServer,
  startPostgresServer,
} from '@slipway/local-servers';
import { healthPortName, serviceEnvironment, type PlatformSettings, type ServiceFiles } from '../services';
import { httpStatus, isHealthy } from './health-probe';
import type { ManagedSpec } from './managed-process';
import { StorageWatch } from './storage-watch';

/** MB of young generation: most of what a service allocates dies young, and a smaller one has it copied first (4: 16 to 25 % of the CPU). */
const YOUNG_MB = 8;
const BUSY_YOUNG_MB = 32;
const nodeFlags = (name: ServiceName): string[] => [
  `--max-semi-space-size=${['gateway', 'release', 'audit'].includes(name) ? BUSY_YOUNG_MB : YOUNG_MB}`,
];

export const logFile = (settings: PlatformSettings, name: string): string => join(settings.data.logs, `${name}.log`);

export function natsSpec(settings: PlatformSettings, configFile: string): ManagedSpec {
  const { file } = findNatsServer();
  const port = settings.ports['nats']!;
  const log = logFile(settings, 'nats-server');
  const storage = new StorageWatch(log, settings.data.nats);
  return {
    name: 'nats-server',
    port,
    logFile: log,
    stopSignal: 'SIGTERM',
    stopGraceMs: 20_000,
    start: () => {
      storage.startOver();
      return startNatsServer({ file, configFile, port, logFile: log });
    },
    isReady: async () => storage.writes() && (await natsGreets(port)),
    isAlive: () => Promise.resolve(!storage.needsNewStart()),
    hangsAfterMs: 5_000,
  };
}

export function postgresSpec(settings: PlatformSettings): ManagedSpec {
  const { postgresUser: user, postgres: directory, postgresHome } = settings.data;
  const binaries = findPostgres(user, postgresHome);
  const port = settings.ports['postgres']!;
  const log = logFile(settings, 'postgres');
  const { postgres: password } = settings.credentials;
  return {
    name: 'postgres',
    port,
    logFile: log,
    stopSignal: 'SIGINT',
    stopGraceMs: 20_000,
    start: () => startPostgresServer({ binaries, directory, user, port, password, logFile: log }),
    isReady: () => postgresAnswers(port),
  };
}

export function serviceSpec(settings: PlatformSettings, service: ServiceFiles): ManagedSpec {
  const healthPort = settings.ports[healthPortName(service.name)]!;
  const log = logFile(settings, service.name);
  return {
    name: service.name,
    port: service.name === 'gateway' ? settings.httpPort : healthPort,
    logFile: log,
    stopSignal: 'SIGTERM',
    stopGraceMs: 20_000,
    start: () =>
      spawnLogged({
        file: process.execPath,
        argv: [...nodeFlags(service.name), service.main],
        logFile: log,
        cwd: settings.data.root,
        env: serviceEnvironment(service.name, settings),
      }),
    isReady: () => isHealthy(healthPort),
    isAlive: async () => (await httpStatus(healthPort, '/healthz/live')) !== undefined,
  };
}
