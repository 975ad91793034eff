import type { Step, StepResult } from '@slipway/runtime-target';
import type { ProcessManifest } from '../manifest';
import type { Scale } from '../protocol';
import { awaitReady } from './await-ready';
import { allTo, fullScale, othersOf, servingProcess, statusOf, step, type Change, type ChangeOf } from './change';
import { giveBack } from './give-back';
import { prepareStep } from './prepare';

/** All new replicas beside the old ones, then all traffic at once; the old ones stand until the change is settled. */
export const blueGreenSteps = (changeOf: ChangeOf): readonly Step[] => [
  prepareStep(changeOf),
  step('start', 'Start the new version beside the old one', changeOf, start),
  step('switch', 'Switch all traffic to the new version', changeOf, switchOver),
];

async function start(change: Change): Promise<StepResult> {
  const { slot, input, context, manifest } = change;
  const scale = fullScale(manifest);
  await slot.scale(input.releaseId, context.fence, scale);
  const readiness = await awaitReady(change, input.releaseId, manifest, scale);
  if (!readiness.ready) return giveBack(change, 'failed', `The new version does not become ready: ${readiness.why}`, {});
  const replicas = readiness.replicas.map(({ name, pid, port }) => ({ name, pid, port }));
  return {
    outcome: 'succeeded',
    summary: `${replicas.length} new replicas are ready beside the old version`,
    observed: { scale, replicas },
  };
}

/** Also the end of a canary. Of the old version only what answers requests stays: two sets of workers would do everything twice. */
export async function switchOver(change: Change): Promise<StepResult> {
  const { slot, input, context, manifest } = change;
  const scale = fullScale(manifest);
  await slot.scale(input.releaseId, context.fence, scale);
  const readiness = await awaitReady(change, input.releaseId, manifest, scale);
  if (!readiness.ready) return giveBack(change, 'failed', `The new version is not ready for all traffic: ${readiness.why}`, {});
  await slot.route(context.fence, allTo(input.releaseId), { current: input.releaseId, window: `${input.releaseId}:switched` });
  const previous = othersOf(await statusOf(change), input.releaseId);
  for (const { releaseId, manifest: theirs } of previous) await slot.scale(releaseId, context.fence, servingOnly(theirs));
  return {
    outcome: 'succeeded',
    summary: 'All traffic goes to the new version',
    observed: { routes: allTo(input.releaseId), previous: previous.map(({ releaseId }) => releaseId), replicas: readiness.replicas.length },
  };
}

function servingOnly(manifest: ProcessManifest): Scale {
  const serving = servingProcess(manifest);
  return Object.fromEntries(Object.entries(fullScale(manifest)).map(([name, count]) => [name, name === serving ? count : 0]));
}
