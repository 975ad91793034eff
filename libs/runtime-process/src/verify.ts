import { setTimeout as pause } from 'node:timers/promises';
import { digestOf } from '@slipway/contracts';
import type { ChangeInput, StepContext, VerificationCheck } from '@slipway/runtime-target';
import type { SlotClient } from './client/slot-client';
import { asProcessManifest, fullScale, type ProcessManifest } from './manifest';
import { urlOf } from './observe';
import type { ReplicaStatus, SlotStatus } from './protocol';

type Context = Pick<StepContext, 'signal' | 'log'>;
type Verdict = VerificationCheck['verdict'];

const SETTLE_MS = 5000;
const LOOK_EVERY_MS = 100;
const REQUEST_TIMEOUT_MS = 5000;
/** Share of failed requests in the watch window that fails a release, from this many requests on. */
const MAX_ERROR_RATE = 0.05;
const ENOUGH_REQUESTS = 20;

/** Post-deploy verification (spec 003, section 10): availability, digests, health endpoint and smoke tests through the router, then a watch window. */
export async function verifyRelease(slot: SlotClient, input: ChangeInput, context: Context): Promise<readonly VerificationCheck[]> {
  const manifest = asProcessManifest(input.manifest);
  const status = await settled(slot, input, manifest, context);
  const checks = [availability(status, input, manifest), digests(status, input), routing(status, input, manifest)];
  const url = status ? urlOf(status) : null;
  if (url !== null && manifest.verification.health) checks.push(await health(url, manifest.verification.health, context));
  for (const test of url === null ? [] : manifest.verification.smoke) checks.push(await smoke(`${url}`, test, context));
  if (checks.every(({ verdict }) => verdict === 'pass')) checks.push(await watched(slot, input, manifest, context));
  for (const check of checks) context.log(`${check.name}: ${check.verdict}: ${check.message}`);
  return checks;
}

const check = (name: string, verdict: Verdict, message: string, observed: Record<string, unknown> = {}): VerificationCheck => ({
  name,
  verdict,
  message,
  observed,
});

const replicasOf = (status: SlotStatus | null, releaseId: string): readonly ReplicaStatus[] =>
  status?.replicas.filter((replica) => replica.releaseId === releaseId && replica.state !== 'stopping') ?? [];

/** The status once every replica is ready, or the last one seen within five seconds; at once when the release is not here. */
async function settled(slot: SlotClient, input: ChangeInput, manifest: ProcessManifest, { signal }: Context): Promise<SlotStatus | null> {
  const giveUpAt = performance.now() + SETTLE_MS;
  for (;;) {
    const status = await slot.status();
    const here = status?.releases.some(({ releaseId }) => releaseId === input.releaseId);
    if (!here || unavailable(status, input, manifest).length === 0 || performance.now() >= giveUpAt) return status;
    await pause(LOOK_EVERY_MS, undefined, { signal });
  }
}

function unavailable(status: SlotStatus | null, { releaseId }: ChangeInput, manifest: ProcessManifest): readonly string[] {
  const replicas = replicasOf(status, releaseId);
  return Object.entries(fullScale(manifest)).flatMap(([name, wanted]) => {
    const ready = replicas.filter((replica) => replica.process === name && replica.ready).length;
    return ready < wanted ? [`${ready} of ${wanted} replicas of ${name} are ready`] : [];
  });
}

function availability(status: SlotStatus | null, input: ChangeInput, manifest: ProcessManifest): VerificationCheck {
  const missing = unavailable(status, input, manifest);
  const observed = {
    replicas: replicasOf(status, input.releaseId).map(({ name, ready, restarts, state }) => ({ name, ready, restarts, state })),
  };
  return check('availability', missing.length === 0 ? 'pass' : 'fail', missing.join('; ') || 'every replica is ready', observed);
}

/** What was reviewed is what runs: the artifact's digest was verified as it was unpacked, the manifest's is computed from what the host holds. */
function digests(status: SlotStatus | null, { releaseId, artifactDigest, manifestDigest }: ChangeInput): VerificationCheck {
  const release = status?.releases.find((candidate) => candidate.releaseId === releaseId);
  const observed = { artifact_digest: release?.artifactDigest ?? null, manifest_digest: release ? digestOf(release.manifest) : null };
  const same = observed.artifact_digest === artifactDigest && observed.manifest_digest === manifestDigest;
  return check(
    'observed-digest',
    same ? 'pass' : 'fail',
    same ? 'what runs is what was released' : 'the host runs something else than was released',
    observed,
  );
}

function routing(status: SlotStatus | null, { releaseId }: ChangeInput, manifest: ProcessManifest): VerificationCheck {
  const observed = { routes: status?.routes ?? [], port: status?.port ?? null, listening: status?.listening ?? false };
  const serves = Object.values(manifest.processes).some((process) => process.port);
  if (!serves) return check('routing', 'pass', 'this release serves no requests', observed);
  const all = status?.routes.length === 1 && status.routes[0]?.releaseId === releaseId && status.routes[0].percent === 100;
  if (!all) return check('routing', 'fail', 'not all traffic goes to this release', observed);
  return check(
    'routing',
    status.listening ? 'pass' : 'fail',
    status.listening ? 'all traffic goes to this release' : `port ${status.port} is held by another program`,
    observed,
  );
}

/** The health endpoint has five seconds to answer as expected: the release just took over. */
async function health(
  url: string,
  { path, expect_status }: { path: string; expect_status: number },
  context: Context,
): Promise<VerificationCheck> {
  const giveUpAt = performance.now() + SETTLE_MS;
  for (;;) {
    const answer = await get(`${url}${path}`, context.signal);
    const well = answer.status === expect_status;
    const message = well
      ? `GET ${path} answers ${expect_status}`
      : `GET ${path} answers ${answer.status ?? answer.error}, expected ${expect_status}`;
    if (well || performance.now() >= giveUpAt)
      return check('health-endpoint', well ? 'pass' : 'fail', message, { path, status: answer.status });
    await pause(LOOK_EVERY_MS, undefined, { signal: context.signal });
  }
}

async function smoke(url: string, test: ProcessManifest['verification']['smoke'][number], { signal }: Context): Promise<VerificationCheck> {
  const answer = await get(`${url}${test.path}`, signal);
  const observed = { path: test.path, status: answer.status, body: answer.body.slice(0, 200) };
  if (answer.status !== test.expect_status) {
    return check(
      `smoke-${test.name}`,
      'fail',
      `GET ${test.path} answers ${answer.status ?? answer.error}, expected ${test.expect_status}`,
      observed,
    );
  }
  const said = test.expect_body === undefined || answer.body.includes(test.expect_body);
  return check(
    `smoke-${test.name}`,
    said ? 'pass' : 'fail',
    said ? `GET ${test.path} answers as expected` : `GET ${test.path}: the body lacks '${test.expect_body}'`.slice(0, 500),
    observed,
  );
}

/** Nothing restarts, everything stays ready and requests keep succeeding for as long as the artifact asks. */
async function watched(slot: SlotClient, input: ChangeInput, manifest: ProcessManifest, { signal }: Context): Promise<VerificationCheck> {
  const endAt = performance.now() + manifest.verification.watch_ms;
  const before = await figures(slot, input);
  for (;;) {
    const now = await figures(slot, input);
    const requests = now.requests - before.requests;
    const errors = now.errors - before.errors;
    const observed = { watch_ms: manifest.verification.watch_ms, requests, errors, restarts: now.restarts - before.restarts };
    if (now.restarts > before.restarts) return check('watch', 'fail', 'a replica restarted while the release was watched', observed);
    const failing = errors / Math.max(1, requests) > MAX_ERROR_RATE;
    if (failing && requests >= ENOUGH_REQUESTS)
      return check('watch', 'fail', `${errors} of ${requests} requests failed while the release was watched`, observed);
    if (performance.now() >= endAt) {
      if (failing) return check('watch', 'inconclusive', `${errors} of only ${requests} requests failed`, observed);
      return check('watch', 'pass', `nothing restarted, ${errors} of ${requests} requests failed`, observed);
    }
    await pause(LOOK_EVERY_MS, undefined, { signal });
  }
}

async function figures(slot: SlotClient, { releaseId }: ChangeInput): Promise<{ requests: number; errors: number; restarts: number }> {
  const [status, traffic] = await Promise.all([slot.status(), slot.metrics()]);
  const ours = traffic.find((candidate) => candidate.releaseId === releaseId);
  const restarts = replicasOf(status, releaseId).reduce((sum, replica) => sum + replica.restarts, 0);
  return { requests: ours?.requests ?? 0, errors: ours?.errors ?? 0, restarts };
}

interface Answer {
  readonly status: number | null;
  readonly body: string;
  readonly error: string;
}

async function get(url: string, signal: AbortSignal): Promise<Answer> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]) });
    return { status: response.status, body: (await response.text()).slice(0, 1_000_000), error: '' };
  } catch (error) {
    signal.throwIfAborted();
    return { status: null, body: '', error: error instanceof Error ? `nothing (${error.message})` : 'nothing' };
  }
}
