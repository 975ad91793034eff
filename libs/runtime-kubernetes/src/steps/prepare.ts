import type { Step, StepResult } from '@slipway/runtime-target';
import type { Release } from '../render/instantiate';
import { awaitReady } from './await-ready';
import { incumbent, noScale, scaleOf, secretsOf, standingScale, step, type Change, type ChangeOf } from './change';
import { returnTraffic } from './move-traffic';

/** First step of every deployment: the release's objects are there, at no scale yet, and what an interrupted change left behind is cleared away. */
export const prepareStep = (changeOf: ChangeOf): Step => step('prepare', 'Write the release to the namespace', changeOf, prepare);

async function prepare(change: Change): Promise<StepResult> {
  const { input, context, release, writer } = change;
  const [standing, secrets] = await Promise.all([standingScale(change, input.releaseId), secretsOf(release, context)]);
  const owns = change.claimed.current === input.releaseId;
  await writer.declare(release, owns ? scaleOf(release) : { ...noScale(release), ...standing }, secrets);
  const before = await clearStrays(change);
  // A Service without replicas behind it; who serves already goes on serving.
  if (!before && !owns) await writer.route(release, []);
  return {
    outcome: 'succeeded',
    summary: 'The release is written to the namespace',
    observed: {
      namespace: release.manifest.namespace,
      artifact_digest: input.artifactDigest,
      manifest_digest: input.manifestDigest,
      replaces: before?.releaseId ?? null,
    },
  };
}

/**
 * Releases that neither own the slot nor are this one go: a blue-green's previous, the remains of a change nobody finished, and what
 * an overtaken claim created too late to be recorded. Who owns it now.
 */
async function clearStrays(change: Change): Promise<Release | null> {
  const { input, context, writer, reader } = change;
  const record = await reader.record();
  const before = await incumbent(change, record);
  const known = new Set([...record.releases.map(({ releaseId }) => releaseId), ...(await reader.standingReleases())]);
  const strays = [...known].filter((releaseId) => releaseId !== input.releaseId && releaseId !== before?.releaseId);
  if (before && strays.some((releaseId) => record.routes.some((route) => route.releaseId === releaseId))) {
    await writer.scale(before, scaleOf(before));
    await awaitReady(change, before, scaleOf(before));
    await returnTraffic(change, before);
  }
  for (const releaseId of strays) {
    context.log(`removing what is left of release ${releaseId}`);
    await writer.remove(releaseId);
  }
  return before;
}
