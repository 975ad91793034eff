import { setTimeout as pause } from 'node:timers/promises';
import type { StepContext } from '@slipway/runtime-target';
import type { SlotClient } from '../client/slot-client';
import { fullScale } from '../manifest';
import type { ReleaseStatus } from '../protocol';
import { readinessBudgetMs } from './await-ready';
import { allTo, incumbentOf, othersOf, releaseOf } from './change';

const LOOK_EVERY_MS = 50;

/** Gives the traffic to the release that served before, if one stands, and waits until the removed one has stopped. */
export async function removeRelease(slot: SlotClient, releaseId: string, context: StepContext): Promise<void> {
  const { fence, signal } = context;
  const status = await slot.status();
  if (!status) return;
  if (releaseOf(status, releaseId)) {
    const successor = incumbentOf(status, releaseId) ?? othersOf(status, releaseId)[0];
    if (successor) {
      context.log(`all traffic back to release ${successor.releaseId}`);
      await slot.scale(successor.releaseId, fence, fullScale(successor.manifest));
      await ready(slot, successor, signal);
      await slot.route(fence, allTo(successor.releaseId), { current: successor.releaseId });
    }
    await slot.remove(releaseId, fence);
  }
  while ((await slot.status())?.releases.some((release) => release.releaseId === releaseId))
    await pause(LOOK_EVERY_MS, undefined, { signal });
  context.log(`release ${releaseId} is gone from the slot`);
}

/** Until the successor is ready, at most as long as its probes allow: then it gets the traffic anyway. */
async function ready(slot: SlotClient, { releaseId, manifest }: ReleaseStatus, signal: AbortSignal): Promise<void> {
  const wanted = Object.values(fullScale(manifest)).reduce((sum, count) => sum + count, 0);
  for (const giveUpAt = performance.now() + readinessBudgetMs(manifest); performance.now() < giveUpAt;) {
    const replicas = (await slot.status())?.replicas ?? [];
    if (replicas.filter((replica) => replica.releaseId === releaseId && replica.ready).length >= wanted) return;
    await pause(LOOK_EVERY_MS, undefined, { signal });
  }
}
