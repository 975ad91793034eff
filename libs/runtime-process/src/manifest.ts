import type { PinnedVariables, ProcessSpec, SecretPin, ArtifactManifest, Probe } from '@slipway/contracts';
import type { RenderInput, RenderedManifest } from '@slipway/runtime-target';

/** A probe with Kubernetes' defaults filled in: every 10 s, 1 s timeout, 3 failures, 1 success, no delay. Milliseconds. */
export type ResolvedProbe = Required<Probe>;

/** One process as it will run. `secrets` names what is decrypted into the environment at start; values are never here. */
export interface ManifestProcess {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, SecretPin>>;
  readonly port: boolean;
  readonly replicas: number;
  readonly stop_grace_ms: number;
  readonly probes: { readonly startup?: ResolvedProbe; readonly readiness?: ResolvedProbe; readonly liveness?: ResolvedProbe };
}

/**
 * The process runtime's manifest: what runs in the slot, without the release's own id, so that two releases of the same
 * content have the same manifest digest.
 */
export interface ProcessManifest {
  readonly runtime: 'process';
  readonly project_id: string;
  readonly service_id: string;
  readonly service_name: string;
  readonly slot_id: string;
  readonly artifact: { readonly digest: string; readonly version: string };
  readonly processes: Readonly<Record<string, ManifestProcess>>;
  readonly verification: {
    readonly health?: { readonly path: string; readonly expect_status: number };
    readonly smoke: readonly {
      readonly name: string;
      readonly path: string;
      readonly expect_status: number;
      readonly expect_body?: string;
    }[];
    readonly watch_ms: number;
  };
}

const DEFAULT_STOP_GRACE_MS = 10_000;
const DEFAULT_WATCH_MS = 1000;

/** Pure: same input, same manifest. Variables override the artifact's own `env`. */
export function renderManifest(input: RenderInput): ProcessManifest {
  const processes = Object.entries(input.artifactManifest.processes).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    runtime: 'process',
    project_id: input.projectId,
    service_id: input.serviceId,
    service_name: input.serviceName,
    slot_id: input.slotId,
    artifact: { digest: input.artifactDigest, version: input.artifactVersion },
    processes: Object.fromEntries(processes.map(([name, spec]) => [name, resolveProcess(spec, input.variables)])),
    verification: resolveVerification(input.artifactManifest),
  };
}

function resolveProcess(spec: ProcessSpec, variables: PinnedVariables): ManifestProcess {
  const plain = Object.entries(variables).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const pins = Object.entries(variables).filter((entry): entry is [string, SecretPin] => typeof entry[1] !== 'string');
  const secrets = Object.fromEntries(pins);
  const env = Object.fromEntries(Object.entries({ ...spec.env, ...Object.fromEntries(plain) }).filter(([name]) => !(name in secrets)));
  const { startup, readiness, liveness } = spec.probes ?? {};
  return {
    command: spec.command,
    env,
    secrets,
    port: spec.port ?? false,
    replicas: spec.replicas ?? 1,
    stop_grace_ms: spec.stop_grace_ms ?? DEFAULT_STOP_GRACE_MS,
    probes: {
      ...(startup && { startup: resolveProbe(startup) }),
      ...(readiness && { readiness: resolveProbe(readiness) }),
      ...(liveness && { liveness: resolveProbe(liveness) }),
    },
  };
}

const resolveProbe = (probe: Probe): ResolvedProbe => ({
  path: probe.path,
  period_ms: probe.period_ms ?? 10_000,
  timeout_ms: probe.timeout_ms ?? 1000,
  failure_threshold: probe.failure_threshold ?? 3,
  success_threshold: probe.success_threshold ?? 1,
  initial_delay_ms: probe.initial_delay_ms ?? 0,
});

function resolveVerification({ verification }: ArtifactManifest): ProcessManifest['verification'] {
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

/** A stored manifest read as this runtime's; it was rendered by `renderManifest` and is named by its digest. */
export function asProcessManifest(manifest: RenderedManifest): ProcessManifest {
  if (manifest['runtime'] !== 'process') throw new TypeError('not a manifest of the process runtime');
  return manifest as unknown as ProcessManifest;
}

/** The process that gets the slot's traffic; undefined: the artifact serves nothing. */
export const servingProcess = (manifest: ProcessManifest): string | undefined =>
  Object.entries(manifest.processes).find(([, process]) => process.port)?.[0];

/** Desired replicas per process when the release runs in full. */
export const fullScale = (manifest: ProcessManifest): Record<string, number> =>
  Object.fromEntries(Object.entries(manifest.processes).map(([name, process]) => [name, process.replicas]));
