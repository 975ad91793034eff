import { setTimeout as pause } from 'node:timers/promises';

/** For how long and how often a verification looks, in milliseconds. */
export interface Patience {
  readonly withinMs: number;
  readonly everyMs: number;
  readonly signal: AbortSignal;
}

/** Looks until it is as wanted, or time is over; what was seen last. */
export async function lookUntil<T>(look: () => Promise<T>, wanted: (seen: T) => boolean, patience: Patience): Promise<T> {
  const giveUpAt = performance.now() + patience.withinMs;
  for (;;) {
    const seen = await look();
    if (wanted(seen) || performance.now() >= giveUpAt) return seen;
    await pause(patience.everyMs, undefined, { signal: patience.signal });
  }
}
