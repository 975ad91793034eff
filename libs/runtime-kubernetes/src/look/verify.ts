import { digestOf } from '@slipway/contracts';
import {
  imageDigest,
  lookUntil,
  servingProcess,
  verificationCheck,
  verifyByEndpoints,
  type Ask,
  type ChangeInput,
  type ReleaseFigures,
  type StepContext,
  type VerificationCheck,
} from '@slipway/runtime-target';
import type { KubeClient } from '../api/kube-client';
import { KINDS } from '../api/kinds';
import { objectPath } from '../api/kube-object';
import { asKubernetesManifest, type KubernetesManifest } from '../render/manifest';
import { isReady, processOf, releaseOf, restartsOf, type Pod } from '../slot/pods';
import { SlotReader } from '../slot/slot-reader';
import { mismatchedImages, unavailable } from './release-health';
import { routingCheck } from './routing-check';

type Context = Pick<StepContext, 'signal' | 'log'>;
const SETTLE_MS = 10_000;
const PACE = { everyMs: 200, healthWithinMs: 5_000, unreadyMs: 2_000 };

/** Post-deploy verification (spec 003, section 10): availability, digests, health endpoint and smoke tests through the Service, then a watch window. */
export async function verifyRelease(client: KubeClient, input: ChangeInput, context: Context): Promise<readonly VerificationCheck[]> {
  const manifest = asKubernetesManifest(input.manifest);
  const { signal } = context;
  const reader = new SlotReader(client, input.slotId);
  const pods = await settled(reader, input, manifest, signal);
  const checks = [availability(pods, manifest), await digests(reader, pods, input, manifest), await routingCheck(reader, input, manifest)];
  const figures = async (): Promise<ReleaseFigures> => figuresOf(await podsOf(reader, input), manifest);
  const serves = servingProcess(manifest) !== undefined;
  const ask = throughService(client, manifest, signal);
  return verifyByEndpoints(checks, { verification: manifest.verification, serves, ask, pace: PACE, context, figures });
}

/** So that what answers is what callers get. */
const throughService =
  (client: KubeClient, manifest: KubernetesManifest, signal: AbortSignal): Ask =>
  (path) =>
    client.ask(`${objectPath(KINDS.Service, client.namespace, `${manifest.service_name}:http`)}/proxy${path}`, signal);

/** The release's pods once every replica is ready, or as they are after ten seconds; at once when the release is not here. */
async function settled(reader: SlotReader, input: ChangeInput, manifest: KubernetesManifest, signal: AbortSignal): Promise<readonly Pod[]> {
  const here = (await reader.record()).releases.some(({ releaseId }) => releaseId === input.releaseId);
  const patience = { withinMs: SETTLE_MS, everyMs: PACE.everyMs, signal };
  return lookUntil(
    () => podsOf(reader, input),
    (pods) => !here || unavailable(pods, manifest).length === 0,
    patience,
  );
}

const podsOf = async (reader: SlotReader, { releaseId }: ChangeInput): Promise<readonly Pod[]> =>
  (await reader.pods()).filter((pod) => releaseOf(pod) === releaseId && pod.metadata.deletionTimestamp === undefined);

const figuresOf = (pods: readonly Pod[], manifest: KubernetesManifest): ReleaseFigures => ({
  restarts: pods.reduce((sum, pod) => sum + restartsOf(pod), 0),
  missing: unavailable(pods, manifest),
});

function availability(pods: readonly Pod[], manifest: KubernetesManifest): VerificationCheck {
  const missing = unavailable(pods, manifest);
  const observed = {
    replicas: pods.map((pod) => ({ name: pod.metadata.name, process: processOf(pod), ready: isReady(pod), restarts: restartsOf(pod) })),
  };
  return verificationCheck(
    'availability',
    missing.length === 0 ? 'pass' : 'fail',
    missing.join('; ') || 'every replica is ready',
    observed,
  );
}

/** What was reviewed is what runs: the manifest's digest is computed from what the namespace holds, the images' are what the nodes resolved. */
async function digests(
  reader: SlotReader,
  pods: readonly Pod[],
  input: ChangeInput,
  manifest: KubernetesManifest,
): Promise<VerificationCheck> {
  const stored = await reader.release(input.releaseId);
  const wrong = mismatchedImages(pods, manifest);
  const observed = {
    artifact_digest: stored?.artifactDigest ?? null,
    manifest_digest: stored ? digestOf(stored.manifest) : null,
    images: Object.fromEntries(Object.entries(manifest.processes).map(([name, { image }]) => [name, imageDigest(image ?? '') ?? null])),
    mismatched: wrong,
  };
  const same = observed.artifact_digest === input.artifactDigest && observed.manifest_digest === input.manifestDigest;
  if (!same) return verificationCheck('observed-digest', 'fail', 'the namespace holds something else than was released', observed);
  return verificationCheck(
    'observed-digest',
    wrong.length === 0 ? 'pass' : 'fail',
    wrong.length === 0 ? 'what runs is what was released' : `other images run than were released: ${wrong.join('; ')}`,
    observed,
  );
}
