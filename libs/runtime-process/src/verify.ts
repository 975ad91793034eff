import { setTimeout as pause } from 'node:timers/promises';
import { digestOf } from '@slipway/contracts';
import type { ChangeInput, VerificationCheck } from '@slipway/runtime-target';
import type { SlotClient } from './client/slot-client';
import { asProcessManifest, type ProcessManifest } from './manifest';
import { urlOf } from './observe';
import type { SlotStatus } from './protocol';
import { check, get, LOOK_EVERY_MS, replicasOf, unavailable, type Context } from './verification-look';
import { watched } from './watch-window';

const SETTLE_MS = 5000;

/** Post-deploy verification (spec 003, section 10): availability, digests, health endpoint and smoke tests through the router, then a watch window. */
export async function verifyRelease(slot: SlotClient, input: ChangeInput, context: Context): Promise<readonly VerificationCheck[]> {
  const manifest = asProcessManifest(input.manifest);
  const status = await settled(slot, input, manifest, context);
  const checks = [availability(status, input, manifest), digests(status, input), routing(status, input, manifest)];
  const url = status ? urlOf(status) : null;
  if (url !== null && manifest.verification.health) checks.push(await health(url, manifest.verification.health, context));
  for (const test of url === null ? [] : manifest.verification.smoke) checks.push(await smoke(`${url}`, test, context));
  if (checks.every(({ verdict }) => verdict === 'pass')) checks.push(await watched(slot, input, manifest, context, url));
  for (const check of checks) context.log(`${check.name}: ${check.verdict}: ${check.message}`);
  return checks;
}

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
