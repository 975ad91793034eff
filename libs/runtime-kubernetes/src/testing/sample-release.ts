import { digestOf, sha256, type ArtifactManifest } from '@slipway/contracts';
import { ROLLING, type ChangeInput, type RuntimeTarget, type StepContext, type TargetAccess } from '@slipway/runtime-target';

const IMAGE = `docker.io/library/sample@${sha256('an image')}`;

/** An application that is only written, never run. */
export const SAMPLE: ArtifactManifest = {
  api_version: 'slipway/v1',
  processes: {
    web: {
      image: IMAGE,
      port: 9000,
      replicas: 2,
      env: { GREETING: 'hello' },
      resources: { cpu_request_millis: 500, cpu_limit_millis: 2000, memory_limit_mib: 64 },
      volumes: [{ name: 'uploads', mount_path: '/var/uploads' }],
      probes: { readiness: { path: '/ready', period_ms: 1500 } },
    },
    cache: { image: IMAGE, command: ['cache', '--port', '6379'], internal_ports: [6379] },
  },
};

/** A release of it in a slot of its own. */
export function sampleRelease(
  target: RuntimeTarget,
  access: TargetAccess,
  slotId: string,
  releaseId: string,
  change: {
    readonly version?: string;
    readonly manifest?: ArtifactManifest;
    readonly variables?: Record<string, string>;
    readonly files?: Readonly<Record<string, Uint8Array>>;
  } = {},
): ChangeInput {
  const artifactDigest = sha256(releaseId);
  const manifest = target.render({
    projectId: 'demo',
    serviceId: 'svc-shop',
    serviceName: 'shop',
    slotId,
    releaseId,
    artifactDigest,
    artifactVersion: change.version ?? releaseId,
    artifactManifest: change.manifest ?? SAMPLE,
    files: change.files ?? {},
    connection: access.connection,
    variables: change.variables ?? {},
    strategy: ROLLING,
  });
  return { access, slotId, releaseId, manifest, manifestDigest: digestOf(manifest), artifactDigest, strategy: ROLLING };
}

export const contextOf = (fence: number, more: Partial<StepContext> = {}): StepContext => ({
  fence,
  effectId: `test-${fence}`,
  signal: new AbortController().signal,
  log: () => undefined,
  fetchArtifact: () => Promise.reject(new Error('this runtime fetches no artifact')),
  secrets: () => Promise.resolve({}),
  ...more,
});
