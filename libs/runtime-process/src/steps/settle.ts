import type { ChangeInput, StepContext } from '@slipway/runtime-target';
import type { SlotClient } from '../client/slot-client';
import { othersOf } from './change';

/** After success: the old version goes, a blue-green's after its time as an instant way back. Idempotent: a removal that is due keeps its time. */
export async function settleChange(slot: SlotClient, { releaseId, strategy }: ChangeInput, context: StepContext): Promise<void> {
  const status = await slot.status();
  if (!status || status.current !== releaseId) return;
  const afterMs = strategy.type === 'blue-green' ? strategy.keep_previous_ms : 0;
  for (const other of othersOf(status, releaseId)) {
    if (other.removeAt !== null) continue;
    context.log(
      afterMs === 0 ? `release ${other.releaseId} stops` : `release ${other.releaseId} stays up for ${Math.round(afterMs / 1000)} s`,
    );
    await slot.remove(other.releaseId, context.fence, afterMs);
  }
}
