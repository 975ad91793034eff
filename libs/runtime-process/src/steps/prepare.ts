import type { Step, StepResult } from '@slipway/runtime-target';
import { allTo, declare, emptyScale, fullScale, incumbentOf, releaseOf, statusOf, step, type Change, type ChangeOf } from './change';

/** First step of every deployment: the artifact unpacked, the release known, and what an interrupted change left behind cleared away. */
export const prepareStep = (changeOf: ChangeOf): Step => step('prepare', 'Unpack the artifact and make the slot ready', changeOf, prepare);

async function prepare(change: Change): Promise<StepResult> {
  const { slot, input, context, manifest } = change;
  const known = await slot.status();
  const standing = known && releaseOf(known, input.releaseId);
  await declare(change, standing?.scale ?? emptyScale(manifest));
  await clearStrays(change);
  const status = await statusOf(change);
  context.log(`slot ${input.slotId} ${status.port === null ? 'serves no port' : `answers on port ${status.port}`}`);
  return {
    outcome: 'succeeded',
    summary: 'The artifact is unpacked and verified',
    observed: {
      artifact_digest: input.artifactDigest,
      manifest_digest: input.manifestDigest,
      port: status.port,
      replaces: incumbentOf(status, input.releaseId)?.releaseId ?? null,
    },
  };
}

/** Releases that neither own the slot nor are this one: a blue-green's previous, or the remains of a change nobody finished. */
async function clearStrays(change: Change): Promise<void> {
  const { slot, input, context } = change;
  const status = await statusOf(change);
  const incumbent = incumbentOf(status, input.releaseId);
  const strays = status.releases.filter(({ releaseId }) => releaseId !== input.releaseId && releaseId !== incumbent?.releaseId);
  if (incumbent && strays.some(({ releaseId }) => status.routes.some((route) => route.releaseId === releaseId))) {
    await slot.scale(incumbent.releaseId, context.fence, fullScale(incumbent.manifest));
    await slot.route(context.fence, allTo(incumbent.releaseId));
  }
  for (const { releaseId } of strays) {
    context.log(`stopping what is left of release ${releaseId}`);
    await slot.remove(releaseId, context.fence);
  }
}
