import type { Step, StepResult } from '@slipway/runtime-target';
import type { ProcessManifest } from '../manifest';
import type { Route, Scale } from '../protocol';
import { awaitReady } from './await-ready';
import {
  allTo,
  emptyScale,
  fullScale,
  incumbentOf,
  othersOf,
  releaseOf,
  servingProcess,
  statusOf,
  step,
  type Change,
  type ChangeOf,
} from './change';
import { giveBack } from './give-back';
import { prepareStep } from './prepare';

/** Batch by batch: start that many new replicas, wait until they are ready, give them their share, stop as many old ones. */
export function rollingSteps(manifest: ProcessManifest, batchSize: number, changeOf: ChangeOf): readonly Step[] {
  const largest = Math.max(...Object.values(manifest.processes).map((process) => process.replicas));
  const batches = Math.ceil(largest / batchSize);
  const rolls = Array.from({ length: batches }, (_, index) => {
    const batch = index + 1;
    const title = batches === 1 ? 'Replace the replicas' : `Replace replicas, batch ${batch} of ${batches}`;
    return step(`roll-${batch}`, title, changeOf, (change) => roll(change, batch * batchSize, batch === batches));
  });
  return [prepareStep(changeOf), ...rolls];
}

async function roll(change: Change, upTo: number, last: boolean): Promise<StepResult> {
  const { slot, input, context, manifest } = change;
  const standing = releaseOf(await statusOf(change), input.releaseId)?.scale ?? {};
  const scale = atLeast(capped(fullScale(manifest), upTo), standing);
  await slot.scale(input.releaseId, context.fence, scale);
  const readiness = await awaitReady(change, input.releaseId, manifest, scale);
  if (!readiness.ready) return giveBack(change, 'failed', `The new version does not become ready: ${readiness.why}`, {});
  const incumbent = incumbentOf(await statusOf(change), input.releaseId);
  const remaining = incumbent && !last ? reduced(fullScale(incumbent.manifest), upTo) : {};
  const routes = last || !incumbent ? allTo(input.releaseId) : shares(change, scale, incumbent.releaseId, incumbent.manifest, remaining);
  await slot.route(context.fence, routes, { window: `${input.releaseId}:roll`, ...(last && { current: input.releaseId }) });
  if (last) await stopOthers(change);
  else if (incumbent) await slot.scale(incumbent.releaseId, context.fence, remaining);
  return {
    outcome: 'succeeded',
    summary: `${readiness.replicas.length} new replicas are ready${last ? ' and have all traffic' : ''}`,
    observed: {
      scale,
      previous_scale: remaining,
      routes,
      replicas: readiness.replicas.map(({ name, pid, port }) => ({ name, pid, port })),
    },
  };
}

/** The old ones leave; that they are known stays until the change is settled. */
async function stopOthers(change: Change): Promise<void> {
  const { slot, input, context } = change;
  for (const { releaseId, manifest } of othersOf(await statusOf(change), input.releaseId)) {
    await slot.scale(releaseId, context.fence, emptyScale(manifest));
  }
}

/** Traffic in proportion to the serving replicas of either side. */
function shares(
  { manifest, input }: Change,
  scale: Scale,
  oldId: string,
  oldManifest: ProcessManifest,
  remaining: Scale,
): readonly Route[] {
  const ours = scale[servingProcess(manifest) ?? ''] ?? 0;
  const theirs = remaining[servingProcess(oldManifest) ?? ''] ?? 0;
  if (theirs === 0) return allTo(input.releaseId);
  if (ours === 0) return allTo(oldId);
  const percent = Math.round((100 * ours) / (ours + theirs));
  return [
    { releaseId: input.releaseId, percent },
    { releaseId: oldId, percent: 100 - percent },
  ];
}

/** Never down: a batch that runs again must not undo a later one. */
const atLeast = (scale: Scale, standing: Scale): Scale =>
  Object.fromEntries(Object.entries(scale).map(([name, count]) => [name, Math.max(count, standing[name] ?? 0)]));
const capped = (scale: Scale, limit: number): Scale =>
  Object.fromEntries(Object.entries(scale).map(([name, count]) => [name, Math.min(count, limit)]));
const reduced = (scale: Scale, by: number): Scale =>
  Object.fromEntries(Object.entries(scale).map(([name, count]) => [name, Math.max(0, count - by)]));
