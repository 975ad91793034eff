import type { EventStore } from '@slipway/event-sourcing';
import { setTimeout as delay } from 'node:timers/promises';
import type { Checkpoint } from './checkpoint';
import type { LogBreach } from './log-integrity';

const READINGS = 3;

/**
 * Whether the log still ends at or behind the checkpoint and still holds the event that was applied last. A head that
 * reads too low is read again, so that a server that is only starting up is not taken for one that lost data.
 * @throws SlipwayError `dependency_unavailable` when the log cannot be read.
 */
export async function verifyLog(
  store: EventStore,
  name: string,
  checkpoint: Checkpoint,
  signal: AbortSignal,
): Promise<LogBreach | undefined> {
  let head = await store.position();
  for (let reading = 1; reading < READINGS && head < checkpoint.position && !signal.aborted; reading++) {
    await delay(300, undefined, { signal }).catch(() => undefined);
    head = await store.position();
  }
  const breach = { name, checkpoint: checkpoint.position, head };
  if (head < checkpoint.position) {
    return { ...breach, why: `'${name}' has applied events up to ${checkpoint.position}, and the log ends at ${head}` };
  }
  if (checkpoint.digest === null || signal.aborted) return undefined;
  const found = await store.at(checkpoint.eventPosition);
  if (found?.digest === checkpoint.digest) return undefined;
  return { ...breach, why: `the event at ${checkpoint.eventPosition} is not the one that '${name}' applied` };
}
