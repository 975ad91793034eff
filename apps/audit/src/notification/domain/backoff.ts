/** The tries of one delivery, over about 20 hours at the usual first pause of five seconds. */
export const MAX_ATTEMPTS = 10;
const FACTOR = 4;
const LONGEST_MS = 6 * 60 * 60 * 1000;

/**
 * How long to wait after the `attempt`-th try (from 1) has failed; undefined: it was the last. Twenty percent more or less by `chance`
 * (0 to 1), so that what failed together does not come back together. A receiver that says when it wants to be asked again is heard.
 */
export function pauseAfter(attempt: number, firstMs: number, chance: number, retryAfterMs = 0): number | undefined {
  if (attempt >= MAX_ATTEMPTS) return undefined;
  const pause = Math.min(firstMs * FACTOR ** (attempt - 1), LONGEST_MS) * (0.8 + 0.4 * chance);
  return Math.round(Math.max(pause, Math.min(retryAfterMs, LONGEST_MS)));
}
