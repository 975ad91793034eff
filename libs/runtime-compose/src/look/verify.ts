import { setTimeout as pause } from 'node:timers/promises';
import { digestOf } from '@slipway/contracts';
import { imageDigest, type VerificationCheck } from '@slipway/runtime-target';
import type { ComposeSlotStatus } from '../slot/slot-status';
import { observationOf } from './observe';
import { check, LOOK_EVERY_MS, replicasOf, unavailable, type Verification } from './verification-look';
import { watched } from './watch-window';

const SETTLE_MS = 5000;

/** Post-deploy verification (spec 003, section 10): availability, digests, routing, health endpoint and smoke tests through the proxy, then a watch window. */
export async function verifyRelease(look: Verification): Promise<readonly VerificationCheck[]> {
  const { manifest, context } = look;
  const status = await settled(look);
  const checks = [availability(look, status), manifestDigest(look, status), images(look, status), routing(look, status)];
  const { health, smoke } = manifest.application.verification;
  const serves = status !== null && status.port !== null && manifest.serving !== null;
  if (serves && health) checks.push(await healthEndpoint(look, health));
  for (const test of serves ? smoke : []) checks.push(await smokeTest(look, test));
  if (checks.every(({ verdict }) => verdict === 'pass')) checks.push(await watched(look, serves));
  for (const { name, verdict, message } of checks) context.log(`${name}: ${verdict}: ${message}`);
  return checks;
}

/** The status once every replica is ready, or the last one seen within five seconds; at once when the release is not here. */
async function settled(look: Verification): Promise<ComposeSlotStatus | null> {
  const giveUpAt = performance.now() + SETTLE_MS;
  for (;;) {
    const status = await look.status();
    const here = status?.releases.some(({ releaseId }) => releaseId === look.input.releaseId);
    if (!here || unavailable(status, look.input, look.manifest).length === 0 || performance.now() >= giveUpAt) return status;
    await pause(LOOK_EVERY_MS, undefined, { signal: look.context.signal });
  }
}

function availability({ input, manifest }: Verification, status: ComposeSlotStatus | null): VerificationCheck {
  const missing = unavailable(status, input, manifest);
  const replicas = replicasOf(status, input.releaseId).map(({ name, ready, restarts, state, reason }) => ({
    name,
    ready,
    restarts,
    state,
    reason,
  }));
  return check('availability', missing.length === 0 ? 'pass' : 'fail', missing.join('; ') || 'every replica is ready', { replicas });
}

function manifestDigest({ input }: Verification, status: ComposeSlotStatus | null): VerificationCheck {
  const release = status?.releases.find(({ releaseId }) => releaseId === input.releaseId);
  const observed = {
    artifact_digest: release?.file.artifact_digest ?? null,
    manifest_digest: release ? digestOf({ ...release.file.manifest }) : null,
  };
  const same = observed.artifact_digest === input.artifactDigest && observed.manifest_digest === input.manifestDigest;
  const message = same ? 'what the host holds is what was released' : 'the host holds something else than was released';
  return check('observed-digest', same ? 'pass' : 'fail', message, observed);
}

/** The image of every container, by the digest that the engine knows it by, is the one that was released. */
function images({ input, manifest }: Verification, status: ComposeSlotStatus | null): VerificationCheck {
  const observed = replicasOf(status, input.releaseId).map(({ name, process, image }) => ({ name, process, image }));
  const wrong = observed.filter(({ process, image }) => image !== imageDigest(manifest.services[process]?.image ?? ''));
  const message = wrong
    .map(({ name, process, image }) => `${name} runs ${image}, released is ${manifest.services[process]?.image}`)
    .join('; ');
  return check('image-digests', wrong.length === 0 ? 'pass' : 'fail', message.slice(0, 800) || 'every container runs the released image', {
    images: observed,
  });
}

function routing({ input, manifest }: Verification, status: ComposeSlotStatus | null): VerificationCheck {
  const { routes } = observationOf(input.slotId, { host: '' } as never, status, '');
  const observed = { routes, port: status?.port ?? null, proxy: status?.proxy.servers !== undefined };
  if (!manifest.serving) return check('routing', 'pass', 'this release serves no requests', observed);
  if (!observed.proxy) return check('routing', 'fail', 'the proxy of the slot does not run', observed);
  const all = routes.length === 1 && routes[0]?.releaseId === input.releaseId;
  return check(
    'routing',
    all ? 'pass' : 'fail',
    all ? 'all traffic goes to this release' : 'not all traffic goes to this release',
    observed,
  );
}

/** The health endpoint has five seconds to answer as expected: the release just took over. */
async function healthEndpoint(
  look: Verification,
  { path, expect_status }: { path: string; expect_status: number },
): Promise<VerificationCheck> {
  const giveUpAt = performance.now() + SETTLE_MS;
  for (;;) {
    const answer = await look.ask(path);
    const well = answer.status === expect_status;
    const message = `GET ${path} answers ${well ? expect_status : `${answer.status ?? answer.error}, expected ${expect_status}`}`;
    if (well || performance.now() >= giveUpAt)
      return check('health-endpoint', well ? 'pass' : 'fail', message, { path, status: answer.status });
    await pause(LOOK_EVERY_MS, undefined, { signal: look.context.signal });
  }
}

async function smokeTest(
  look: Verification,
  test: { name: string; path: string; expect_status: number; expect_body?: string },
): Promise<VerificationCheck> {
  const answer = await look.ask(test.path);
  const observed = { path: test.path, status: answer.status, body: answer.body.slice(0, 200) };
  const name = `smoke-${test.name}`;
  if (answer.status !== test.expect_status)
    return check(name, 'fail', `GET ${test.path} answers ${answer.status ?? answer.error}, expected ${test.expect_status}`, observed);
  if (test.expect_body !== undefined && !answer.body.includes(test.expect_body))
    return check(name, 'fail', `GET ${test.path}: the body lacks '${test.expect_body}'`.slice(0, 500), observed);
  return check(name, 'pass', `GET ${test.path} answers as expected`, observed);
}
