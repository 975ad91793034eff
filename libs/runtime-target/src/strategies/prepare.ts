import type { Step, StepResult } from '../steps';
import { allTo, changeStep, emptyScale, incumbentOf, releaseOf, standingOf } from './change-step';
import type { Change, ChangeOf, SlotStanding } from './slot-control';

/** First step of every deployment: the release known at the target, and what an interrupted change left behind cleared away. */
export const prepareStep = (changeOf: ChangeOf, title: string): Step => changeStep('prepare', title, changeOf, prepare);

async function prepare(change: Change): Promise<StepResult> {
  const { slot, input, context, shape } = change;
  const known = await slot.status();
  const standing = known && releaseOf(known, input.releaseId);
  await slot.declare(standing?.scale ?? emptyScale(shape.full));
  const status = await withoutStrays(change);
  context.log(`slot ${input.slotId} ${status.port === null ? 'serves no port' : `answers on port ${status.port}`}`);
  return {
    outcome: 'succeeded',
    summary: 'The release is known at the target',
    observed: {
      artifact_digest: input.artifactDigest,
      manifest_digest: input.manifestDigest,
      port: status.port,
      replaces: incumbentOf(status, input.releaseId)?.releaseId ?? null,
    },
  };
}

/** Without releases that neither own the slot nor are this one: a blue-green's previous, or the remains of a change nobody finished. */
async function withoutStrays(change: Change): Promise<SlotStanding> {
  const { slot, input, context } = change;
  const status = await standingOf(change);
  const incumbent = incumbentOf(status, input.releaseId);
  const strays = status.releases.filter(({ releaseId }) => releaseId !== input.releaseId && releaseId !== incumbent?.releaseId);
  if (incumbent && strays.some(({ releaseId }) => status.routes.some((route) => route.releaseId === releaseId))) {
    await slot.scale(incumbent.releaseId, incumbent.full);
    await slot.route(allTo(incumbent.releaseId));
  }
  for (const { releaseId } of strays) {
    context.log(`stopping what is left of release ${releaseId}`);
    await slot.remove(releaseId);
  }
  return strays.length > 0 ? standingOf(change) : status;
}
