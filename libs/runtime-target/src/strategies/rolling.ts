import type { Step, StepResult } from '../steps';
import { awaitReady } from './await-ready';
import { allTo, changeStep, emptyScale, incumbentOf, othersOf, releaseOf, standingOf } from './change-step';
import { giveBack } from './give-back';
import type { Change, ChangeOf, Route, Routing, Scale, SlotStanding, StandingRelease } from './slot-control';

/** Batch by batch: start that many new replicas, wait until they are ready, give them their share, stop as many old ones. */
export function rollingSteps(full: Scale, batchSize: number, changeOf: ChangeOf): readonly Step[] {
  const batches = Math.ceil(Math.max(...Object.values(full)) / batchSize);
  return Array.from({ length: batches }, (_, index) => {
    const batch = index + 1;
    const title = batches === 1 ? 'Replace the replicas' : `Replace replicas, batch ${batch} of ${batches}`;
    return changeStep(`roll-${batch}`, title, changeOf, (change) => roll(change, batch * batchSize, batch === batches));
  });
}

async function roll(change: Change, upTo: number, last: boolean): Promise<StepResult> {
  const { slot, input, shape } = change;
  const standing = releaseOf(await standingOf(change), input.releaseId)?.scale ?? {};
  const scale = atLeast(capped(shape.full, upTo), standing);
  await slot.scale(input.releaseId, scale);
  const readiness = await awaitReady(change, input.releaseId, shape, scale);
  if (!readiness.ready) return giveBack(change, 'failed', `The new version does not become ready: ${readiness.why}`, {});
  const incumbent = incumbentOf(readiness.standing, input.releaseId);
  const remaining = incumbent && !last ? reduced(incumbent, upTo) : {};
  const routes = last || !incumbent ? allTo(input.releaseId) : shares(change, scale, incumbent, remaining);
  const then = last
    ? stopped(readiness.standing, input.releaseId)
    : incumbent
      ? [{ releaseId: incumbent.releaseId, scale: remaining }]
      : [];
  await slot.route(routes, { window: `${input.releaseId}:roll`, ...(last && { current: input.releaseId }), then });
  const replicas = readiness.replicas.map(({ name, instanceId, port }) => ({ name, instance_id: instanceId, port }));
  return {
    outcome: 'succeeded',
    summary: `${replicas.length} new replicas are ready${last ? ' and have all traffic' : ''}`,
    observed: { scale, previous_scale: remaining, routes, replicas },
  };
}

/** The old ones leave; that they are known stays until the change is settled. */
const stopped = (standing: SlotStanding, releaseId: string): NonNullable<Routing['then']> =>
  othersOf(standing, releaseId).map((other) => ({ releaseId: other.releaseId, scale: emptyScale(other.full) }));

/** Traffic in proportion to the serving replicas of either side. */
function shares({ shape, input }: Change, scale: Scale, old: StandingRelease, remaining: Scale): readonly Route[] {
  const ours = scale[shape.serving ?? ''] ?? 0;
  const theirs = remaining[old.serving ?? ''] ?? 0;
  if (theirs === 0) return allTo(input.releaseId);
  if (ours === 0) return allTo(old.releaseId);
  const percent = Math.round((100 * ours) / (ours + theirs));
  return [
    { releaseId: input.releaseId, percent },
    { releaseId: old.releaseId, percent: 100 - percent },
  ];
}

/** Never down: a batch that runs again must not undo a later one. */
const atLeast = (scale: Scale, standing: Scale): Scale =>
  Object.fromEntries(Object.entries(scale).map(([name, count]) => [name, Math.max(count, standing[name] ?? 0)]));
const capped = (scale: Scale, limit: number): Scale =>
  Object.fromEntries(Object.entries(scale).map(([name, count]) => [name, Math.min(count, limit)]));
/** What serves leaves batch by batch; what it may call stays as long as any of it does. */
const reduced = ({ full, serving }: StandingRelease, by: number): Scale =>
  Object.fromEntries(
    Object.entries(full).map(([name, count]) => [name, serving === undefined || name === serving ? Math.max(0, count - by) : count]),
  );
