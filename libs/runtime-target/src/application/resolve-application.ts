import type { ArtifactManifest, PinnedVariables, Probe, ProcessSpec, Resources, SecretPin, Volume } from '@slipway/contracts';
import { refuseUnmeasurable } from '../metrics/query-words';
import type { RenderInput } from '../runtime-target';
import { resolveTasks, type ResolvedTask } from './resolve-tasks';

/** A probe with Kubernetes' defaults filled in: every 10 s, 1 s timeout, 3 failures, 1 success, no delay. Milliseconds. */
export type ResolvedProbe = Required<Probe>;

/** One process as it will run. `secrets` names what is decrypted into the environment at start; values are never here. */
export interface ResolvedProcess {
  /** Empty: what the image starts. */
  readonly command: readonly string[];
  readonly image: string | null;
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, SecretPin>>;
  /** Serves the slot's traffic. */
  readonly port: boolean;
  /** The port in the container on which it serves; null: the one given to it in PORT. */
  readonly container_port: number | null;
  readonly internal_ports: readonly number[];
  readonly replicas: number;
  readonly resources: Resources;
  readonly volumes: readonly Volume[];
  readonly stop_grace_ms: number;
  readonly probes: { readonly startup?: ResolvedProbe; readonly readiness?: ResolvedProbe; readonly liveness?: ResolvedProbe };
}

export interface ResolvedVerification {
  readonly health?: { readonly path: string; readonly expect_status: number };
  readonly smoke: readonly {
    readonly name: string;
    readonly path: string;
    readonly expect_status: number;
    readonly expect_body?: string;
  }[];
  readonly watch_ms: number;
}

/**
 * What every runtime makes of `slipway.yaml` before it renders it: every default filled in, variables and secrets in their
 * places, without the release's own id, so that two releases of the same content have the same manifest digest.
 */
export interface ResolvedApplication {
  readonly project_id: string;
  readonly service_id: string;
  readonly service_name: string;
  readonly slot_id: string;
  readonly artifact: { readonly digest: string; readonly version: string };
  /** Sorted by name; empty when the artifact brings its own Compose file or manifests. */
  readonly processes: Readonly<Record<string, ResolvedProcess>>;
  readonly tasks: readonly ResolvedTask[];
  readonly verification: ResolvedVerification;
}

const DEFAULT_STOP_GRACE_MS = 10_000;
const DEFAULT_WATCH_MS = 1000;

/**
 * Pure: same input, same result. Variables override the artifact's own `env`.
 * @throws SlipwayError `manifest_refused` for a canary's metrics that could never be judged
 */
export function resolveApplication(input: RenderInput): ResolvedApplication {
  refuseUnmeasurable(input);
  const processes = Object.entries(input.artifactManifest.processes ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    project_id: input.projectId,
    service_id: input.serviceId,
    service_name: input.serviceName,
    slot_id: input.slotId,
    artifact: { digest: input.artifactDigest, version: input.artifactVersion },
    processes: Object.fromEntries(processes.map(([name, spec]) => [name, resolveProcess(spec, input.variables)])),
    tasks: resolveTasks(input.artifactManifest),
    verification: resolveVerification(input.artifactManifest),
  };
}

/** Variables apart: plain values, and pins of secrets. */
export function splitVariables(variables: PinnedVariables): {
  plain: Readonly<Record<string, string>>;
  secrets: Readonly<Record<string, SecretPin>>;
} {
  const plain = Object.entries(variables).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const pins = Object.entries(variables).filter((entry): entry is [string, SecretPin] => typeof entry[1] !== 'string');
  return { plain: Object.fromEntries(plain), secrets: Object.fromEntries(pins) };
}

function resolveProcess(spec: ProcessSpec, variables: PinnedVariables): ResolvedProcess {
  const { plain, secrets } = splitVariables(variables);
  const env = Object.fromEntries(Object.entries({ ...spec.env, ...plain }).filter(([name]) => !(name in secrets)));
  const { startup, readiness, liveness } = spec.probes ?? {};
  return {
    command: spec.command ?? [],
    image: spec.image ?? null,
    env,
    secrets,
    port: spec.port !== undefined && spec.port !== false,
    container_port: typeof spec.port === 'number' ? spec.port : null,
    internal_ports: spec.internal_ports ?? [],
    replicas: spec.replicas ?? 1,
    resources: spec.resources ?? {},
    volumes: spec.volumes ?? [],
    stop_grace_ms: spec.stop_grace_ms ?? DEFAULT_STOP_GRACE_MS,
    probes: {
      ...(startup && { startup: resolveProbe(startup) }),
      ...(readiness && { readiness: resolveProbe(readiness) }),
      ...(liveness && { liveness: resolveProbe(liveness) }),
    },
  };
}

/** A probe with its defaults. */
export const resolveProbe = (probe: Probe): ResolvedProbe => ({
  path: probe.path,
  period_ms: probe.period_ms ?? 10_000,
  timeout_ms: probe.timeout_ms ?? 1000,
  failure_threshold: probe.failure_threshold ?? 3,
  success_threshold: probe.success_threshold ?? 1,
  initial_delay_ms: probe.initial_delay_ms ?? 0,
});

/** Verification with its defaults: 200 expected, one second of watching. */
export function resolveVerification({ verification }: ArtifactManifest): ResolvedVerification {
  const health = verification?.health;
  return {
    ...(health && { health: { path: health.path, expect_status: health.expect_status ?? 200 } }),
    smoke: (verification?.smoke ?? []).map((test) => ({
      name: test.name,
      path: test.path,
      expect_status: test.expect_status ?? 200,
      ...(test.expect_body !== undefined && { expect_body: test.expect_body }),
    })),
    watch_ms: verification?.watch_ms ?? DEFAULT_WATCH_MS,
  };
}

/** The process that gets the slot's traffic; undefined: nothing is served. */
export const servingProcess = ({ processes }: Pick<ResolvedApplication, 'processes'>): string | undefined =>
  Object.entries(processes).find(([, process]) => process.port)?.[0];

/** Desired replicas per process when the release runs in full. */
export const fullScale = ({ processes }: Pick<ResolvedApplication, 'processes'>): Record<string, number> =>
  Object.fromEntries(Object.entries(processes).map(([name, process]) => [name, process.replicas]));
