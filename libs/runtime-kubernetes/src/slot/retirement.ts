import { isSlipwayError } from '@slipway/contracts';
import type { KubeClient } from '../api/kube-client';
import { FencedSlot } from './fenced-slot';
import { SlotReader } from './slot-reader';
import { SlotWriter } from './slot-writer';

/** Removes versions that were kept as a way back and whose time is over; under the fence that the slot has, so any newer claim stops it. */
export async function retireDue(client: KubeClient, slotId: string, now: number): Promise<void> {
  const reader = new SlotReader(client, slotId);
  const record = await reader.record();
  const due = record.releases.filter(
    ({ releaseId, removeAt }) =>
      removeAt !== null &&
      Date.parse(removeAt) <= now &&
      releaseId !== record.current &&
      !record.routes.some((route) => route.releaseId === releaseId),
  );
  if (due.length === 0) return;
  const writer = new SlotWriter(new FencedSlot(client, slotId, record.fence), reader);
  try {
    for (const { releaseId } of due) await writer.remove(releaseId);
  } catch (error) {
    if (!isSlipwayError(error) || error.code !== 'stale_fence') throw error;
  }
}
