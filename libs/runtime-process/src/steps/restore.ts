import type { Step, StepResult } from '@slipway/runtime-target';
import { awaitReady } from './await-ready';
import { allTo, declare, fullScale, statusOf, step, type Change, type ChangeOf } from './change';
import { giveBack } from './give-back';

/** The way back: at once when the release's replicas still stand, else as fast as they start; then everything else goes. */
export const restoreSteps = (changeOf: ChangeOf): readonly Step[] => [
  step('bring-back', 'Bring the earlier version back up', changeOf, bringBack),
  step('switch-back', 'Give all traffic back to it and stop the other version', changeOf, switchBack),
];

async function bringBack(change: Change): Promise<StepResult> {
  const { input, manifest } = change;
  const scale = fullScale(manifest);
  await declare(change, scale);
  const readiness = await awaitReady(change, input.releaseId, manifest, scale);
  if (!readiness.ready) return giveBack(change, 'failed', `The earlier version does not become ready: ${readiness.why}`, {});
  return { outcome: 'succeeded', summary: `${readiness.replicas.length} replicas of the earlier version are ready`, observed: { scale } };
}

async function switchBack(change: Change): Promise<StepResult> {
  const { slot, input, context } = change;
  await slot.route(context.fence, allTo(input.releaseId), {
    current: input.releaseId,
    window: `${input.releaseId}:restored:${context.fence}`,
  });
  const { releases } = await statusOf(change);
  const others = releases.filter(({ releaseId }) => releaseId !== input.releaseId);
  for (const { releaseId } of others) await slot.remove(releaseId, context.fence);
  const routes = (await statusOf(change)).routes;
  return {
    outcome: 'succeeded',
    summary: 'The earlier version has all traffic again',
    observed: { routes, removed: others.map(({ releaseId }) => releaseId) },
  };
}
