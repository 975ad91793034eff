import { setTimeout as pause } from 'node:timers/promises';
import type { StepContext } from '@slipway/runtime-target';
import type { KubeClient } from '../api/kube-client';
import type { Release } from '../render/instantiate';
import { releaseOf } from '../slot/pods';
import { awaitReady } from './await-ready';
import { scaleOf, slotOf, type Change } from './change';
import { returnTraffic } from './move-traffic';

const LOOK_EVERY_MS = 100;

/** Gives the traffic to the release that served before, if one stands, and waits until the removed one's replicas have ended. */
export async function removeRelease(client: KubeClient, slotId: string, releaseId: string, context: StepContext): Promise<void> {
  const change = { ...(await slotOf(client, slotId, context)), context };
  const { reader, writer } = change;
  const record = await reader.record();
  if (record.releases.some((entry) => entry.releaseId === releaseId)) {
    const kept = record.releases.filter((entry) => entry.releaseId !== releaseId);
    const next = kept.find((entry) => entry.releaseId === record.current) ?? kept[0];
    const successor = next ? await reader.release(next.releaseId, record) : null;
    if (successor) await handOver(change, successor);
    await writer.remove(releaseId);
    await writer.prune();
  }
  while ((await reader.pods()).some((pod) => releaseOf(pod) === releaseId))
    await pause(LOOK_EVERY_MS, undefined, { signal: context.signal });
  context.log(`release ${releaseId} is gone from the slot`);
}

/** Until the successor is ready, at most as long as its probes allow: then it gets the traffic anyway. */
async function handOver(change: Pick<Change, 'client' | 'slot' | 'reader' | 'writer' | 'context'>, successor: Release): Promise<void> {
  const { writer, context } = change;
  context.log(`all traffic back to release ${successor.releaseId}`);
  await writer.writeDocuments(successor);
  await writer.scale(successor, scaleOf(successor));
  await awaitReady(change, successor, scaleOf(successor));
  await returnTraffic(change, successor, successor.releaseId);
}
