import { servingProcess, type Step, type StepResult } from '@slipway/runtime-target';
import type { Release, Scale } from '../render/instantiate';
import { awaitReady } from './await-ready';
import { scaleOf, step, type Change, type ChangeOf } from './change';
import { giveBack } from './give-back';
import { allTo, moveTraffic } from './move-traffic';
import { prepareStep } from './prepare';

/** All new replicas beside the old ones, then the Service's selector at once; the old ones stand until the change is settled. */
export const blueGreenSteps = (changeOf: ChangeOf): readonly Step[] => [
  prepareStep(changeOf),
  step('start', 'Start the new version beside the old one', changeOf, start),
  step('switch', 'Switch the Service to the new version', changeOf, switchOver),
];

async function start(change: Change): Promise<StepResult> {
  const { release, writer } = change;
  const scale = scaleOf(release);
  await writer.scale(release, scale);
  const readiness = await awaitReady(change, release, scale);
  if (!readiness.ready) return giveBack(change, 'failed', `The new version does not become ready: ${readiness.why}`, {}, readiness.pods);
  return {
    outcome: 'succeeded',
    summary: `${readiness.pods.length} new replicas are ready beside the old version`,
    observed: { scale, replicas: readiness.pods.map(({ metadata }) => metadata.name) },
  };
}

/** Also the end of a canary. Of the old version only what answers requests stays: two sets of workers would do everything twice. */
export async function switchOver(change: Change): Promise<StepResult> {
  const { input, release, writer, reader } = change;
  const scale = scaleOf(release);
  await writer.scale(release, scale);
  const readiness = await awaitReady(change, release, scale);
  if (!readiness.ready)
    return giveBack(change, 'failed', `The new version is not ready for all traffic: ${readiness.why}`, {}, readiness.pods);
  const { fault, record } = await moveTraffic(change, release, allTo(input.releaseId), input.releaseId);
  if (fault) return giveBack(change, fault.outcome, `The traffic did not reach the new version: ${fault.why}`, {});
  const { routes, releases } = record;
  const previous = releases.filter(({ releaseId }) => releaseId !== input.releaseId);
  await Promise.all(
    previous.map(async ({ releaseId }) => {
      const other = await reader.release(releaseId, record);
      if (other) await writer.scale(other, servingOnly(other));
    }),
  );
  return {
    outcome: 'succeeded',
    summary: 'All traffic goes to the new version',
    observed: { routes, previous: previous.map(({ releaseId }) => releaseId), replicas: readiness.pods.length },
  };
}

function servingOnly(release: Release): Scale {
  const serving = servingProcess(release.manifest);
  return Object.fromEntries(Object.entries(scaleOf(release)).map(([name, count]) => [name, name === serving ? count : 0]));
}
