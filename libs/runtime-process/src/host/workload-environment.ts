import type { ManifestProcess } from '../manifest';
import type { ReleaseRecord } from './slot-store';

interface Given {
  readonly port: number | null;
  readonly home: string;
  readonly searchPath: string;
  readonly secrets: Readonly<Record<string, string>>;
}

/**
 * The complete environment of a workload: what its manifest and secrets say, and PORT, SLIPWAY_RELEASE_ID,
 * SLIPWAY_ARTIFACT_VERSION, PATH and HOME. Nothing of the platform's own environment.
 */
export function workloadEnvironment(release: ReleaseRecord, spec: ManifestProcess, given: Given): Record<string, string> {
  const secrets = Object.keys(spec.secrets).map((name) => [name, given.secrets[name] ?? ''] as const);
  return {
    PATH: given.searchPath,
    HOME: given.home,
    ...spec.env,
    ...Object.fromEntries(secrets),
    ...(given.port !== null && { PORT: String(given.port) }),
    SLIPWAY_RELEASE_ID: release.releaseId,
    SLIPWAY_ARTIFACT_VERSION: release.manifest.artifact.version,
  };
}
