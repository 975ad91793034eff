import { isSlipwayError, type SlipwayError } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import { decodeEvent, type StoredEvent } from './message';

/** A message of the log as a subscription gets it; one that is no event carries the error instead. */
export interface Entry {
  readonly subject: string;
  readonly position: number;
  readonly recorded: Recorded | undefined;
  readonly fault: SlipwayError | undefined;
}

export function entryOf(stored: StoredEvent): Entry {
  const { subject, position } = stored;
  try {
    return { subject, position, recorded: decodeEvent(stored), fault: undefined };
  } catch (error) {
    if (!isSlipwayError(error)) throw error;
    return { subject, position, recorded: undefined, fault: error };
  }
}
