import { digestOf } from '@slipway/contracts';
import {
  figuresOf,
  lookUntil,
  missingReplicas,
  replicasOf,
  verificationCheck,
  verifyByEndpoints,
  type Ask,
  type ChangeInput,
  type ReleaseFigures,
  type StepContext,
  type VerificationCheck,
} from '@slipway/runtime-target';
import { get } from './client/get';
import type { SlotClient } from './client/slot-client';
import { asProcessManifest, fullScale, type ProcessManifest } from './manifest';
import { urlOf } from './observe';
import type { SlotStatus } from './protocol';

const SETTLE_MS = 5000;
const PACE = { everyMs: 100, healthWithinMs: SETTLE_MS, unreadyMs: 1000 };

type Context = Pick<StepContext, 'signal' | 'log'>;
/** What a verification looks through. */
interface Verification {
  readonly slot: SlotClient;
  readonly input: ChangeInput;
  readonly manifest: ProcessManifest;
  readonly signal: AbortSignal;
}

/** Post-deploy verification (spec 003, section 10): availability, digests, health endpoint and smoke tests through the router, then a watch window. */
export async function verifyRelease(slot: SlotClient, input: ChangeInput, context: Context): Promise<readonly VerificationCheck[]> {
  const manifest = asProcessManifest(input.manifest);
  const { signal } = context;
  const look: Verification = { slot, input, manifest, signal };
  const status = await settled(look);
  const checks = [availability(look, status), digests(status, input), routing(status, input, manifest)];
  const url = status ? urlOf(status) : null;
  const ask: Ask = (path) => get(`${url}${path}`, signal);
  const { verification } = manifest;
  return verifyByEndpoints(checks, { verification, serves: url !== null, ask, pace: PACE, context, figures: () => figures(look) });
}

/** The status once every replica is ready, or the last one seen within five seconds; at once when the release is not here. */
function settled(look: Verification): Promise<SlotStatus | null> {
  const here = (status: SlotStatus | null) => status?.releases.some(({ releaseId }) => releaseId === look.input.releaseId);
  const patience = { withinMs: SETTLE_MS, everyMs: PACE.everyMs, signal: look.signal };
  return lookUntil(
    () => look.slot.status(),
    (status) => !here(status) || missing(look, status).length === 0,
    patience,
  );
}

const missing = ({ input, manifest }: Verification, status: SlotStatus | null): readonly string[] =>
  missingReplicas(replicasOf(status, input.releaseId), fullScale(manifest));

async function figures({ slot, input, manifest }: Verification): Promise<ReleaseFigures> {
  const [status, measured] = await Promise.all([slot.status(), slot.metrics()]);
  return figuresOf(status, measured, input.releaseId, fullScale(manifest));
}

function availability(look: Verification, status: SlotStatus | null): VerificationCheck {
  const lacks = missing(look, status);
  const replicas = replicasOf(status, look.input.releaseId).map(({ name, ready, restarts, state }) => ({ name, ready, restarts, state }));
  return verificationCheck('availability', lacks.length === 0 ? 'pass' : 'fail', lacks.join('; ') || 'every replica is ready', {
    replicas,
  });
}

/** What was reviewed is what runs: the artifact's digest was verified as it was unpacked, the manifest's is computed from what the host holds. */
function digests(status: SlotStatus | null, { releaseId, artifactDigest, manifestDigest }: ChangeInput): VerificationCheck {
  const release = status?.releases.find((candidate) => candidate.releaseId === releaseId);
  const observed = { artifact_digest: release?.artifactDigest ?? null, manifest_digest: release ? digestOf(release.manifest) : null };
  const same = observed.artifact_digest === artifactDigest && observed.manifest_digest === manifestDigest;
  return verificationCheck(
    'observed-digest',
    same ? 'pass' : 'fail',
    same ? 'what runs is what was released' : 'the host runs something else than was released',
    observed,
  );
}

function routing(status: SlotStatus | null, { releaseId }: ChangeInput, manifest: ProcessManifest): VerificationCheck {
  const observed = { routes: status?.routes ?? [], port: status?.port ?? null, listening: status?.listening ?? false };
  const serves = Object.values(manifest.processes).some((process) => process.port);
  if (!serves) return verificationCheck('routing', 'pass', 'this release serves no requests', observed);
  const all = status?.routes.length === 1 && status.routes[0]?.releaseId === releaseId && status.routes[0].percent === 100;
  if (!all) return verificationCheck('routing', 'fail', 'not all traffic goes to this release', observed);
  return verificationCheck(
    'routing',
    status.listening ? 'pass' : 'fail',
    status.listening ? 'all traffic goes to this release' : `port ${status.port} is held by another program`,
    observed,
  );
}
