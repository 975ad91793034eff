import { servingProcess, type Step, type StepResult } from '@slipway/runtime-target';
import type { KubernetesManifest } from '../render/manifest';
import type { Release, Scale } from '../render/instantiate';
import type { SlotRecord } from '../slot/slot-record';
import { awaitReady } from './await-ready';
import { incumbent, noScale, scaleOf, standingScale, step, type Change, type ChangeOf } from './change';
import { giveBack } from './give-back';
import { allTo, moveTraffic } from './move-traffic';
import { prepareStep } from './prepare';
import { batchesOf, shareOf } from './rolling-share';

/**
 * Batch by batch: start that many new replicas, wait until they are ready and behind the Service, stop as many old ones. Where
 * nothing serves yet, there is nothing to spare: all of them come at once.
 */
export function rollingSteps(manifest: KubernetesManifest, batchSize: number, changeOf: ChangeOf): readonly Step[] {
  const batches = batchesOf(manifest, batchSize);
  const rolls = Array.from({ length: batches }, (_, index) => {
    const batch = index + 1;
    const title = batches === 1 ? 'Replace the replicas' : `Replace replicas, batch ${batch} of ${batches}`;
    return step(`roll-${batch}`, title, changeOf, (change) => roll(change, batch * batchSize, batch === batches));
  });
  return [prepareStep(changeOf), ...rolls];
}

async function roll(change: Change, upTo: number, last: boolean): Promise<StepResult> {
  const { input, release, writer } = change;
  const [before, standing] = await Promise.all([incumbent(change), standingScale(change, input.releaseId)]);
  const scale = before ? atLeast(capped(scaleOf(release), upTo), standing) : scaleOf(release);
  await writer.scale(release, scale);
  const readiness = await awaitReady(change, release, scale);
  if (!readiness.ready) return giveBack(change, 'failed', `The new version does not become ready: ${readiness.why}`, {}, readiness.pods);
  const remaining = before && !last ? reduced(scaleOf(before), upTo) : {};
  const routes = last || !before ? allTo(input.releaseId) : shares(release, scale, before, remaining);
  const { fault, record } = await moveTraffic(change, release, routes, last ? input.releaseId : undefined);
  if (fault) return giveBack(change, fault.outcome, `The traffic did not reach the new version: ${fault.why}`, {});
  if (last) await stopOthers(change, record);
  else if (before) await writer.scale(before, remaining);
  return {
    outcome: 'succeeded',
    summary: `${readiness.pods.length} new replicas are ready${last ? ' and have all traffic' : ''}`,
    observed: { scale, previous_scale: remaining, routes, replicas: readiness.pods.map(({ metadata }) => metadata.name) },
  };
}

/** The old ones leave; that they are known stays until the change is settled. */
async function stopOthers({ reader, writer, input }: Change, record: SlotRecord): Promise<void> {
  const others = record.releases.filter(({ releaseId }) => releaseId !== input.releaseId);
  await Promise.all(
    others.map(async ({ releaseId }) => {
      const other = await reader.release(releaseId, record);
      if (other) await writer.scale(other, noScale(other));
    }),
  );
}

/** Traffic follows the ready replicas of either side. */
function shares(release: Release, scale: Scale, before: Release, remaining: Scale): SlotRecord['routes'] {
  const ours = scale[servingProcess(release.manifest) ?? ''] ?? 0;
  const theirs = remaining[servingProcess(before.manifest) ?? ''] ?? 0;
  const percent = shareOf(ours, theirs);
  if (percent === 100) return allTo(release.releaseId);
  return [
    { releaseId: release.releaseId, percent },
    { releaseId: before.releaseId, percent: 100 - percent },
  ];
}

/** Never down: a batch that runs again must not undo a later one. */
const atLeast = (scale: Scale, standing: Scale): Scale =>
  Object.fromEntries(Object.entries(scale).map(([name, count]) => [name, Math.max(count, standing[name] ?? 0)]));
const capped = (scale: Scale, limit: number): Scale =>
  Object.fromEntries(Object.entries(scale).map(([name, count]) => [name, Math.min(count, limit)]));
const reduced = (scale: Scale, by: number): Scale =>
  Object.fromEntries(Object.entries(scale).map(([name, count]) => [name, Math.max(0, count - by)]));
