import type { Step, StepResult } from '../steps';
import { awaitReady } from './await-ready';
import { allTo, changeStep, othersOf } from './change-step';
import { giveBack } from './give-back';
import type { Change, ChangeOf, Scale, StandingRelease } from './slot-control';

/** All new replicas beside the old ones, then all traffic at once; the old ones stand until the change is settled. */
export const blueGreenSteps = (changeOf: ChangeOf): readonly Step[] => [
  changeStep('start', 'Start the new version beside the old one', changeOf, start),
  changeStep('switch', 'Switch all traffic to the new version', changeOf, switchOver),
];

async function start(change: Change): Promise<StepResult> {
  const { slot, input, shape } = change;
  await slot.scale(input.releaseId, shape.full);
  const readiness = await awaitReady(change, input.releaseId, shape, shape.full);
  if (!readiness.ready) return giveBack(change, 'failed', `The new version does not become ready: ${readiness.why}`, {});
  const replicas = readiness.replicas.map(({ name, instanceId, port }) => ({ name, instance_id: instanceId, port }));
  return {
    outcome: 'succeeded',
    summary: `${replicas.length} new replicas are ready beside the old version`,
    observed: { scale: shape.full, replicas },
  };
}

/** Also the end of a canary. Of the old version only what answers requests stays: two sets of workers would do everything twice. */
export async function switchOver(change: Change): Promise<StepResult> {
  const { slot, input, shape } = change;
  await slot.scale(input.releaseId, shape.full);
  const readiness = await awaitReady(change, input.releaseId, shape, shape.full);
  if (!readiness.ready) return giveBack(change, 'failed', `The new version is not ready for all traffic: ${readiness.why}`, {});
  const previous = othersOf(readiness.standing, input.releaseId);
  const then = previous.map((release) => ({ releaseId: release.releaseId, scale: servingOnly(release) }));
  await slot.route(allTo(input.releaseId), { current: input.releaseId, window: `${input.releaseId}:switched`, then });
  return {
    outcome: 'succeeded',
    summary: 'All traffic goes to the new version',
    observed: { routes: allTo(input.releaseId), previous: previous.map(({ releaseId }) => releaseId), replicas: readiness.replicas.length },
  };
}

const servingOnly = ({ full, serving }: StandingRelease): Scale =>
  Object.fromEntries(Object.entries(full).map(([name, count]) => [name, name === serving ? count : 0]));
