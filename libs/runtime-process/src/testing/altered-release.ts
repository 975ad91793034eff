import { digestOf, type ArtifactManifest } from '@slipway/contracts';
import { ROLLING, type ChangeInput, type Scenario } from '@slipway/runtime-target';
import type { ProcessHarness } from './process-harness';

type Processes = NonNullable<ArtifactManifest['processes']>;

/** The sample's release with its processes changed, and with variables. */
export async function alteredRelease(
  harness: ProcessHarness,
  scenario: Scenario,
  version: string,
  change: (processes: Processes) => Processes,
  variables = {},
): Promise<ChangeInput> {
  const { manifest: artifactManifest } = await harness.sample(version, 'well', scenario.replicas);
  const base = await scenario.release(version, ROLLING);
  const manifest = harness.target.render({
    projectId: 'demo',
    serviceId: 'svc-sample',
    serviceName: 'sample',
    slotId: scenario.slotId,
    releaseId: base.releaseId,
    artifactDigest: base.artifactDigest,
    artifactVersion: version,
    artifactManifest: { ...artifactManifest, processes: change(artifactManifest.processes ?? {}) },
    files: {},
    connection: harness.access.connection,
    variables,
    strategy: ROLLING,
  });
  return { ...base, manifest, manifestDigest: digestOf(manifest) };
}
