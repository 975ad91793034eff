import type { TrafficMetrics } from '@slipway/runtime-target';
import type { KubeClient } from '../api/kube-client';
import { SlotReader } from '../slot/slot-reader';
import { Prober } from './prober';

const REQUESTS = 10;

/** Figures of a few requests sent now to each release that has traffic: a plain Service keeps none. */
export async function probeSlot(client: KubeClient, slotId: string): Promise<readonly TrafficMetrics[]> {
  const reader = new SlotReader(client, slotId);
  const record = await reader.record();
  const releases = await Promise.all(record.routes.map(({ releaseId }) => reader.release(releaseId, record)));
  const { signal } = new AbortController();
  return Promise.all(
    releases
      .filter((release) => release !== null)
      .map(async (release) => {
        const prober = new Prober(client, reader, release);
        for (let request = 0; prober.canAsk && request < REQUESTS; request++) await prober.askOnce(signal);
        return prober.figures.metrics(release.releaseId);
      }),
  );
}
