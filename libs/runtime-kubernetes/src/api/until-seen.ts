import { isSlipwayError, SlipwayError } from '@slipway/contracts';
import { hasStatus, KubeApiError } from './kube-errors';
import type { LiveListHooks } from './live-list';

/** Deadlines pass, and aborts come, without any event. */
const TICK_MS = 250;

/** Hooks of one live list. */
export type Watching = Required<LiveListHooks>;

/**
 * Waits on watches until a look at them has a verdict: it looks at once, after every change, and now and then for its deadlines' sake.
 * `open` opens the lists, each with hooks of its own, and gives the look. They end with it.
 * @throws the signal's reason, and what a list met where the verdict fell while it was not current: then nobody can tell
 * (`dependency_unavailable` for a watch that broke)
 */
export async function untilSeen<T>(signal: AbortSignal, open: (watching: () => Watching) => Promise<() => T | undefined>): Promise<T> {
  const stop = new AbortController();
  const over = AbortSignal.any([signal, stop.signal]);
  const troubles = new Map<symbol, unknown>();
  let wake = (): void => undefined;
  const watching = (): Watching => hooks(over, troubles, () => wake());
  const ticking = setInterval(() => wake(), TICK_MS);
  try {
    const look = await open(watching);
    for (;;) {
      const woken = new Promise<void>((resolve) => (wake = resolve));
      const verdict = look();
      if (verdict !== undefined) return trusted(verdict, troubles);
      signal.throwIfAborted();
      await woken;
    }
  } finally {
    clearInterval(ticking);
    stop.abort();
  }
}

function hooks(signal: AbortSignal, troubles: Map<symbol, unknown>, wake: () => void): Watching {
  const list = Symbol('list');
  return {
    signal,
    onChange: () => {
      troubles.delete(list);
      wake();
    },
    onError: (error) => {
      // Whoever may not watch looks again and again instead.
      if (!hasStatus(error, 403)) troubles.set(list, error);
    },
  };
}

function trusted<T>(verdict: T, troubles: ReadonlyMap<symbol, unknown>): T {
  for (const trouble of troubles.values()) throw known(trouble);
  return verdict;
}

/** A watch that broke is a connection that broke. */
function known(trouble: unknown): unknown {
  if (isSlipwayError(trouble) || trouble instanceof KubeApiError) return trouble;
  const why = trouble instanceof Error ? trouble.message : String(trouble);
  return new SlipwayError('dependency_unavailable', `The watch on the cluster broke: ${why}`, {}, { cause: trouble });
}
