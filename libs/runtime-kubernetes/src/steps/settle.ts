import type { ChangeInput, StepContext } from '@slipway/runtime-target';
import type { KubeClient } from '../api/kube-client';
import { slotOf } from './change';

/** After success: the old version goes, a blue-green's after its time as an instant way back; and the Jobs, whose ends are recorded now. */
export async function settleChange(client: KubeClient, input: ChangeInput, context: StepContext, now: () => number): Promise<void> {
  const { reader, writer } = await slotOf(client, input.slotId, context);
  const record = await reader.record();
  if (record.current !== input.releaseId) return;
  const { strategy } = input;
  const afterMs = strategy.type === 'blue-green' ? strategy.keep_previous_ms : 0;
  for (const { releaseId, removeAt } of record.releases) {
    if (releaseId === input.releaseId || removeAt !== null) continue;
    context.log(afterMs === 0 ? `release ${releaseId} stops` : `release ${releaseId} stays up for ${Math.round(afterMs / 1000)} s`);
    if (afterMs === 0) await writer.remove(releaseId);
    else await writer.keepUntil(releaseId, new Date(now() + afterMs).toISOString());
  }
  await writer.removeJobs(input.releaseId);
  await writer.prune();
}
