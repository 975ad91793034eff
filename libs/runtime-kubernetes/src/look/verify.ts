import { setTimeout as pause } from 'node:timers/promises';
import { digestOf } from '@slipway/contracts';
import { imageDigest, servingProcess, type ChangeInput, type StepContext, type VerificationCheck } from '@slipway/runtime-target';
import type { KubeClient, ProxyAnswer } from '../api/kube-client';
import { KINDS } from '../api/kinds';
import { objectPath } from '../api/kube-object';
import { asKubernetesManifest, type KubernetesManifest } from '../render/manifest';
import { isReady, processOf, releaseOf, restartsOf, type Pod } from '../slot/pods';
import { SlotReader } from '../slot/slot-reader';
import { watched } from './watch-window';
import { mismatchedImages, unavailable } from './release-health';
import { routingCheck } from './routing-check';

export type Context = Pick<StepContext, 'signal' | 'log'>;
const SETTLE_MS = 10_000;
const LOOK_EVERY_MS = 200;

export const check = (
  name: string,
  verdict: VerificationCheck['verdict'],
  message: string,
  observed: Record<string, unknown> = {},
): VerificationCheck => ({ name, verdict, message: message.slice(0, 1000), observed });

/** Post-deploy verification (spec 003, section 10): availability, digests, health endpoint and smoke tests through the Service, then a watch window. */
export async function verifyRelease(client: KubeClient, input: ChangeInput, context: Context): Promise<readonly VerificationCheck[]> {
  const manifest = asKubernetesManifest(input.manifest);
  const reader = new SlotReader(client, input.slotId);
  const pods = await settled(reader, input, manifest, context);
  const checks = [availability(pods, manifest), await digests(reader, pods, input, manifest), await routingCheck(reader, input, manifest)];
  const ask = (path: string): Promise<ProxyAnswer> => askService(client, manifest, path, context.signal);
  if (servingProcess(manifest) !== undefined) {
    if (manifest.verification.health) checks.push(await health(ask, manifest.verification.health, context));
    for (const test of manifest.verification.smoke) checks.push(await smoke(ask, test));
  }
  if (checks.every(({ verdict }) => verdict === 'pass')) checks.push(await watched(reader, client, input, manifest, context));
  for (const { name, verdict, message } of checks) context.log(`${name}: ${verdict}: ${message}`);
  return checks;
}

/** Through the Service, so that what answers is what callers get. */
export const askService = (client: KubeClient, manifest: KubernetesManifest, path: string, signal: AbortSignal): Promise<ProxyAnswer> =>
  client.ask(`${objectPath(KINDS.Service, client.namespace, `${manifest.service_name}:http`)}/proxy${path}`, signal);

async function settled(reader: SlotReader, input: ChangeInput, manifest: KubernetesManifest, { signal }: Context): Promise<readonly Pod[]> {
  const giveUpAt = performance.now() + SETTLE_MS;
  const here = (await reader.record()).releases.some(({ releaseId }) => releaseId === input.releaseId);
  for (;;) {
    const pods = (await reader.pods()).filter((pod) => releaseOf(pod) === input.releaseId && pod.metadata.deletionTimestamp === undefined);
    if (!here || unavailable(pods, manifest).length === 0 || performance.now() >= giveUpAt) return pods;
    await pause(LOOK_EVERY_MS, undefined, { signal });
  }
}

function availability(pods: readonly Pod[], manifest: KubernetesManifest): VerificationCheck {
  const missing = unavailable(pods, manifest);
  const observed = {
    replicas: pods.map((pod) => ({ name: pod.metadata.name, process: processOf(pod), ready: isReady(pod), restarts: restartsOf(pod) })),
  };
  return check('availability', missing.length === 0 ? 'pass' : 'fail', missing.join('; ') || 'every replica is ready', observed);
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
  if (!same) return check('observed-digest', 'fail', 'the namespace holds something else than was released', observed);
  return check(
    'observed-digest',
    wrong.length === 0 ? 'pass' : 'fail',
    wrong.length === 0 ? 'what runs is what was released' : `other images run than were released: ${wrong.join('; ')}`,
    observed,
  );
}

/** The health endpoint has some seconds to answer as expected: the release just took over. */
async function health(
  ask: (path: string) => Promise<ProxyAnswer>,
  { path, expect_status }: { path: string; expect_status: number },
  { signal }: Context,
): Promise<VerificationCheck> {
  const giveUpAt = performance.now() + SETTLE_MS / 2;
  for (;;) {
    const answer = await ask(path);
    const well = answer.status === expect_status;
    const message = well ? `GET ${path} answers ${expect_status}` : `GET ${path} answers ${said(answer)}, expected ${expect_status}`;
    if (well || performance.now() >= giveUpAt)
      return check('health-endpoint', well ? 'pass' : 'fail', message, { path, status: answer.status });
    await pause(LOOK_EVERY_MS, undefined, { signal });
  }
}

async function smoke(
  ask: (path: string) => Promise<ProxyAnswer>,
  test: KubernetesManifest['verification']['smoke'][number],
): Promise<VerificationCheck> {
  const answer = await ask(test.path);
  const observed = { path: test.path, status: answer.status, body: answer.body.slice(0, 200) };
  const name = `smoke-${test.name}`;
  if (answer.status !== test.expect_status)
    return check(name, 'fail', `GET ${test.path} answers ${said(answer)}, expected ${test.expect_status}`, observed);
  const lacks = test.expect_body !== undefined && !answer.body.includes(test.expect_body);
  return lacks
    ? check(name, 'fail', `GET ${test.path}: the body lacks '${test.expect_body}'`, observed)
    : check(name, 'pass', `GET ${test.path} answers as expected`, observed);
}

export const said = ({ status, failure }: ProxyAnswer): string => (status === null ? `nothing (${failure})` : String(status));
