import type { Step, StepResult } from '@slipway/runtime-target';
import { awaitReady } from './await-ready';
import { scaleOf, secretsOf, step, type Change, type ChangeOf } from './change';
import { giveBack } from './give-back';
import { returnTraffic } from './move-traffic';

/** The way back: at once when the release's replicas still stand, else as fast as they start; then everything else goes. */
export const restoreSteps = (changeOf: ChangeOf): readonly Step[] => [
  step('bring-back', 'Bring the earlier version back up', changeOf, bringBack),
  step('switch-back', 'Give all traffic back to it and stop the other version', changeOf, switchBack),
];

async function bringBack(change: Change): Promise<StepResult> {
  const { release, writer, context } = change;
  const scale = scaleOf(release);
  await writer.declare(release, scale, await secretsOf(release, context));
  const readiness = await awaitReady(change, release, scale);
  if (!readiness.ready)
    return giveBack(change, 'failed', `The earlier version does not become ready: ${readiness.why}`, {}, readiness.pods);
  return { outcome: 'succeeded', summary: `${readiness.pods.length} replicas of the earlier version are ready`, observed: { scale } };
}

async function switchBack(change: Change): Promise<StepResult> {
  const { release, input, writer } = change;
  const { routes, releases } = await returnTraffic(change, release, input.releaseId);
  const removed = releases.map(({ releaseId }) => releaseId).filter((releaseId) => releaseId !== input.releaseId);
  for (const releaseId of removed) await writer.remove(releaseId);
  await writer.prune();
  return { outcome: 'succeeded', summary: 'The earlier version has all traffic again', observed: { routes, removed } };
}
