import { digestOf } from '@slipway/contracts';
import {
  figuresOf,
  imageDigest,
  lookUntil,
  missingReplicas,
  replicasOf,
  verificationCheck,
  verifyByEndpoints,
  type Ask,
  type ChangeInput,
  type ReleaseFigures,
  type StepContext,
  type TrafficMetrics,
  type VerificationCheck,
} from '@slipway/runtime-target';
import type { ComposeManifest } from '../manifest/compose-manifest';
import type { ComposeSlotStatus } from '../slot/slot-status';
import { observationOf } from './observe';

const SETTLE_MS = 5000;
const PACE = { everyMs: 100, healthWithinMs: SETTLE_MS, unreadyMs: 1000 };

/** What a verification looks through. */
export interface Verification {
  readonly input: ChangeInput;
  readonly manifest: ComposeManifest;
  readonly context: Pick<StepContext, 'signal' | 'log'>;
  readonly status: () => Promise<ComposeSlotStatus | null>;
  readonly traffic: (status: ComposeSlotStatus) => Promise<readonly TrafficMetrics[]>;
  /** GET through the slot's proxy. */
  readonly ask: Ask;
}

/** Post-deploy verification (spec 003, section 10): availability, digests, routing, health endpoint and smoke tests through the proxy, then a watch window. */
export async function verifyRelease(look: Verification): Promise<readonly VerificationCheck[]> {
  const { manifest, context, ask } = look;
  const status = await settled(look);
  const checks = [availability(look, status), manifestDigest(look, status), images(look, status), routing(look, status)];
  const serves = status !== null && status.port !== null && manifest.serving !== null;
  const { verification } = manifest.application;
  return verifyByEndpoints(checks, { verification, serves, ask, pace: PACE, context, figures: () => figures(look) });
}

/** The status once every replica is ready, or the last one seen within five seconds; at once when the release is not here. */
function settled(look: Verification): Promise<ComposeSlotStatus | null> {
  const here = (status: ComposeSlotStatus | null) => status?.releases.some(({ releaseId }) => releaseId === look.input.releaseId);
  const patience = { withinMs: SETTLE_MS, everyMs: PACE.everyMs, signal: look.context.signal };
  return lookUntil(look.status, (status) => !here(status) || missing(look, status).length === 0, patience);
}

const missing = ({ input, manifest }: Verification, status: ComposeSlotStatus | null): readonly string[] =>
  missingReplicas(replicasOf(status, input.releaseId), manifest.scale);

async function figures({ input, manifest, ...look }: Verification): Promise<ReleaseFigures> {
  const status = await look.status();
  const measured = status ? await look.traffic(status) : [];
  return figuresOf(status, measured, input.releaseId, manifest.scale);
}

function availability(look: Verification, status: ComposeSlotStatus | null): VerificationCheck {
  const lacks = missing(look, status);
  const replicas = replicasOf(status, look.input.releaseId).map(({ name, ready, restarts, state, reason }) => ({
    name,
    ready,
    restarts,
    state,
    reason,
  }));
  return verificationCheck('availability', lacks.length === 0 ? 'pass' : 'fail', lacks.join('; ') || 'every replica is ready', {
    replicas,
  });
}

function manifestDigest({ input }: Verification, status: ComposeSlotStatus | null): VerificationCheck {
  const release = status?.releases.find(({ releaseId }) => releaseId === input.releaseId);
  const observed = {
    artifact_digest: release?.file.artifact_digest ?? null,
    manifest_digest: release ? digestOf({ ...release.file.manifest }) : null,
  };
  const same = observed.artifact_digest === input.artifactDigest && observed.manifest_digest === input.manifestDigest;
  const message = same ? 'what the host holds is what was released' : 'the host holds something else than was released';
  return verificationCheck('observed-digest', same ? 'pass' : 'fail', message, observed);
}

/** The image of every container, by the digest that the engine knows it by, is the one that was released. */
function images({ input, manifest }: Verification, status: ComposeSlotStatus | null): VerificationCheck {
  const observed = replicasOf(status, input.releaseId).map(({ name, process, image }) => ({ name, process, image }));
  const wrong = observed.filter(({ process, image }) => image !== imageDigest(manifest.services[process]?.image ?? ''));
  const message = wrong
    .map(({ name, process, image }) => `${name} runs ${image}, released is ${manifest.services[process]?.image}`)
    .join('; ');
  return verificationCheck(
    'image-digests',
    wrong.length === 0 ? 'pass' : 'fail',
    message.slice(0, 800) || 'every container runs the released image',
    {
      images: observed,
    },
  );
}

function routing({ input, manifest }: Verification, status: ComposeSlotStatus | null): VerificationCheck {
  const { routes } = observationOf(input.slotId, { host: '' } as never, status, '');
  const observed = { routes, port: status?.port ?? null, proxy: status?.proxy.servers !== undefined };
  if (!manifest.serving) return verificationCheck('routing', 'pass', 'this release serves no requests', observed);
  if (!observed.proxy) return verificationCheck('routing', 'fail', 'the proxy of the slot does not run', observed);
  const all = routes.length === 1 && routes[0]?.releaseId === input.releaseId;
  return verificationCheck(
    'routing',
    all ? 'pass' : 'fail',
    all ? 'all traffic goes to this release' : 'not all traffic goes to this release',
    observed,
  );
}
