import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { postgresUrl } from '@slipway/local-servers';
import type { ServiceName } from '@slipway/contracts';
import { keyFiles, type Credentials } from './data-directory/credentials';
import type { DataDirectory } from './data-directory/layout';
import { SERVICE_NAMES } from './data-directory/service-names';
import type { Ports } from './data-directory/ports';

export const DATABASE = 'slipway';

/** The repository: services run from their `dist` folders. */
export const REPOSITORY = resolve(__dirname, '..', '..', '..');

export interface ServiceFiles {
  readonly name: ServiceName;
  readonly main: string;
  /** Brings the service's schema up to date; absent where it has none. */
  readonly migrate: string | undefined;
}

export function serviceFiles(repository = REPOSITORY): ServiceFiles[] {
  return SERVICE_NAMES.map((name) => {
    const dist = join(repository, 'apps', name, 'dist');
    const migrate = join(dist, 'migrate.js');
    return { name, main: join(dist, 'main.js'), migrate: existsSync(migrate) ? migrate : undefined };
  });
}

export const healthPortName = (service: ServiceName): string => `${service}.health`;
export const portNames = (): string[] => ['nats', 'postgres', ...SERVICE_NAMES.map(healthPortName)];

export interface PlatformSettings {
  readonly data: DataDirectory;
  readonly credentials: Credentials;
  readonly ports: Ports;
  readonly httpPort: number;
  readonly httpHost: string;
  /** Further variables for the services, e.g. OTEL_EXPORTER_OTLP_ENDPOINT, LOG_LEVEL. */
  readonly environment?: NodeJS.ProcessEnv;
}

export const natsUrl = (ports: Ports): string => `nats://127.0.0.1:${ports['nats']}`;
export const databaseUrl = (settings: PlatformSettings): string =>
  postgresUrl(settings.ports['postgres']!, settings.credentials.postgres, DATABASE);

/** Variables handed on from the caller's environment; everything else stays outside. */
const INHERITED = [
  'PATH',
  'HOME',
  'TMPDIR',
  'LANG',
  'TZ',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'LOG_LEVEL',
  'NODE_EXTRA_CA_CERTS',
  'NODE_OPTIONS',
];

/** What an operator may say to a service (its configuration class has the words); the rest the platform says itself. */
const OPERATORS: Readonly<Partial<Record<ServiceName, RegExp>>> = {
  gateway: /^SLIPWAY_(OIDC_.+|AI_.+|MCP_HOSTS|PUBLIC_URL|SESSION_TTL_S|TRUSTED_PROXIES|MAX_.+)$/,
  release: /^SLIPWAY_ARTIFACT_MAX_.+$/,
  'runtime-executor': /^SLIPWAY_(TARGET_NETWORKS|RUNTIMES|MAX_EXECUTIONS|DRIFT_INTERVAL_MS)$/,
  audit: /^SLIPWAY_((SMTP|WEBHOOK|DELIVERY)_.+|MAIL_FROM|PUBLIC_URL|OIDC_ROLES_FILE)$/,
};
/** Whether an operator may say this to a service, in whatever way the platform runs. */
export const isOperators = (name: ServiceName, key: string): boolean => OPERATORS[name]?.test(key) ?? false;
const saidTo = (name: ServiceName): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([key]) => isOperators(name, key)));

export function serviceEnvironment(name: ServiceName, settings: PlatformSettings): NodeJS.ProcessEnv {
  const keys = keyFiles(settings.data);
  const inherited = Object.fromEntries(INHERITED.map((key) => [key, process.env[key]]));
  const own: Partial<Record<ServiceName, NodeJS.ProcessEnv>> = {
    gateway: {
      SLIPWAY_HTTP_PORT: String(settings.httpPort),
      SLIPWAY_HTTP_HOST: settings.httpHost,
      SLIPWAY_INTERNAL_PRIVATE_KEY_FILE: keys.internalPrivate,
      SLIPWAY_ISSUER_JWKS_FILE: keys.issuerJwks,
      SLIPWAY_WEB_DIR: join(REPOSITORY, 'apps', 'web', 'dist'),
    },
    'runtime-executor': {
      SLIPWAY_DATA_DIR: join(settings.data.root, 'runtime'),
      SLIPWAY_SECRETS_KEY_FILE: keys.secrets,
    },
    audit: {
      SLIPWAY_ENDPOINTS_KEY_FILE: keys.endpoints,
    },
  };
  const defaults: Partial<Record<ServiceName, NodeJS.ProcessEnv>> = {
    'runtime-executor': { SLIPWAY_TARGET_NETWORKS: 'local', SLIPWAY_RUNTIMES: 'k8s,compose,process' },
    audit: { SLIPWAY_PUBLIC_URL: `http://${settings.httpHost}:${settings.httpPort}` },
  };
  return {
    ...inherited,
    NODE_ENV: 'production',
    /** Node keeps an arena of freed native memory per thread otherwise. */
    MALLOC_ARENA_MAX: '2',
    /** From Node 22.1 on: compiled code is kept from start to start. */
    NODE_COMPILE_CACHE: join(settings.data.run, 'compile-cache'),
    NATS_URL: natsUrl(settings.ports),
    NATS_USER: name,
    NATS_PASSWORD: settings.credentials.nats[name],
    ...(name === 'gateway' ? {} : { DATABASE_URL: databaseUrl(settings) }),
    HEALTH_PORT: String(settings.ports[healthPortName(name)]),
    SLIPWAY_INSTANCE: `${name}-1`,
    SLIPWAY_INTERNAL_PUBLIC_KEY_FILE: keys.internalPublic,
    ...defaults[name],
    ...saidTo(name),
    ...own[name],
    ...settings.environment,
  };
}
