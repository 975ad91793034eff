import type { ArtifactManifest } from '@slipway/contracts';
import { resolveProbe, splitVariables, type ResolvedApplication, type ResolvedProcess, type RenderInput } from '@slipway/runtime-target';
import type { ComposeManifest, ComposeService, ServingService } from '../manifest/compose-manifest';
import { versionOf } from '../manifest/render-processes';
import { judgeDocument } from './judge-document';
import { readYaml } from './read-yaml';
import { refused } from './refusal';

type Service = Readonly<Record<string, unknown>>;
type Serves = NonNullable<NonNullable<ArtifactManifest['compose']>['serves']>;

const DEFAULT_GRACE_MS = 10_000;
const UNIT_MS: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Somebody's own Compose file as this runtime's manifest, so that everything after it is the same for both. */
export function renderDocument(input: RenderInput, application: ResolvedApplication): ComposeManifest {
  const { file, serves } = input.artifactManifest.compose!;
  const bytes = input.files[file];
  if (!bytes) throw refused('compose.file', `the artifact has no file ${file}`);
  const { plain, secrets } = splitVariables(input.variables);
  const judged = judgeDocument(readYaml(file, bytes), { plain, secrets: new Set(Object.keys(secrets)) });
  if (serves && !judged.services[serves.name]) throw refused('compose.serves.name', `the file has no service ${serves.name}`);
  const services = Object.entries(judged.services);
  const process = ([name, service]: [string, Service]): [string, ResolvedProcess] => [
    name,
    processOf(service, serves?.name === name ? servingOf(serves) : null, secrets),
  ];
  return {
    runtime: 'compose',
    application: { ...application, processes: Object.fromEntries(services.map(process)) },
    services: Object.fromEntries(
      services.map(([name, service]) => [name, running(service, hasData(service) ? {} : versionOf(application.artifact.version))]),
    ),
    scale: Object.fromEntries(services.map(([name, service]) => [name, replicasOf(service)])),
    kept: services.filter(([, service]) => hasData(service)).map(([name]) => name),
    volumes: judged.volumes,
    serving: serves ? servingOf(serves) : null,
  };
}

function servingOf({ name, port, probes: { startup, readiness } = {} }: Serves): ServingService {
  return {
    service: name,
    port,
    ...(startup && { startup: resolveProbe(startup) }),
    ...(readiness && { readiness: resolveProbe(readiness) }),
  };
}

/** What runs: counts of replicas go their own way, and what ends is started again unless the file says otherwise. */
function running(
  { scale: _scale, deploy, networks: _networks, ...service }: Service,
  told: Readonly<Record<string, string>>,
): ComposeService {
  const { replicas: _replicas, ...rest } = (deploy ?? {}) as Record<string, unknown>;
  return {
    restart: 'unless-stopped',
    ...service,
    environment: { ...told, ...(service['environment'] as object | undefined) },
    ...(Object.keys(rest).length > 0 && { deploy: rest }),
  } as unknown as ComposeService;
}

/** The service in the words of the neutral form, for the checks and risks that are the same for all runtimes. */
function processOf(service: Service, serving: ServingService | null, secrets: ResolvedProcess['secrets']): ResolvedProcess {
  const environment = (service['environment'] ?? {}) as Readonly<Record<string, string>>;
  const used = Object.keys(secrets).filter((name) => Object.values(environment).some((value) => value.includes(`\${${name}}`)));
  return {
    command: [service['entrypoint'] ?? [], service['command'] ?? []].flat().map(String),
    image: service['image'] as string,
    env: environment,
    secrets: Object.fromEntries(used.map((name) => [name, secrets[name]!])),
    port: serving !== null,
    container_port: serving?.port ?? null,
    internal_ports: [],
    replicas: replicasOf(service),
    resources: {},
    volumes: mountsOf(service).flatMap(({ type, source, target, read_only }) =>
      type === 'volume' ? [{ name: source, mount_path: target, ...(read_only && { read_only: true }) }] : [],
    ),
    stop_grace_ms: graceMs(service['stop_grace_period']),
    probes: { ...(serving?.startup && { startup: serving.startup }), ...(serving?.readiness && { readiness: serving.readiness }) },
  };
}

function replicasOf(service: Service): number {
  const deploy = service['deploy'] as { replicas?: number } | undefined;
  return deploy?.replicas ?? (service['scale'] as number | undefined) ?? 1;
}

interface Mount {
  readonly type: string;
  readonly source: string;
  readonly target: string;
  readonly read_only?: boolean;
}
const mountsOf = (service: Service): readonly Mount[] => (service['volumes'] as readonly Mount[] | undefined) ?? [];

const hasData = (service: Service): boolean => mountsOf(service).some(({ type, read_only }) => type === 'volume' && !read_only);

function graceMs(period: unknown): number {
  if (typeof period !== 'string') return DEFAULT_GRACE_MS;
  const parts = [...period.matchAll(/([0-9.]+)(us|ms|s|m|h)/g)];
  return Math.round(parts.reduce((sum, [, count, unit]) => sum + Number(count) * UNIT_MS[unit!]!, 0));
}
