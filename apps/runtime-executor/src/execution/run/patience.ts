import { setTimeout as delay } from 'node:timers/promises';
import { isPassing } from '@slipway/runtime-target';

const TRIES = 3;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/** How long a target, or a store, that is away is waited for, counted from when it was first missed. */
export interface Patience {
  /** On the way forward: a control plane that restarts is back by then. */
  readonly forwardMs: number;
  /** On a way back or rollback: giving up leaves the slot half-way, so it outlasts a node that boots. The environment stays locked. */
  readonly backMs: number;
}
export const PATIENCE: Patience = { forwardMs: 120_000, backMs: 600_000 };

export interface Repetition {
  /** For what may pass by itself (`isPassing`), and three tries at least; anything else that may be repeated is tried three times. */
  readonly forMs: number;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  /** Whether doing it again is of use, and harmless. */
  readonly mayRepeat: (error: unknown) => boolean;
  /** Told before each pause. */
  readonly onRepeat: (error: unknown, attempt: number) => void;
}

/** Does it again, with growing pauses of 10 s at most, while that is of use. @throws the last error; the signal's reason */
export async function patiently<T>(work: () => Promise<T>, { forMs, signal, mayRepeat, onRepeat }: Repetition): Promise<T> {
  let missedAt: number | undefined;
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      missedAt ??= performance.now();
      const inTime = isPassing(error) && performance.now() - missedAt < forMs;
      if (!mayRepeat(error) || (attempt >= TRIES && !inTime)) throw error;
      onRepeat(error, attempt);
    }
    await delay(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1)), undefined, { signal });
  }
}
