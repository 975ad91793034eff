/** More replicas than this are not started only to keep a share small. */
export const MAX_STABLE_FOR_SHARE = 20;

export interface ShareCounts {
  readonly canary: number;
  readonly stable: number;
  /** What the canary really gets, in percent. */
  readonly real: number;
}

/**
 * How many serving replicas of each side make a canary's share with a plain Service, which spreads connections evenly: never
 * more than asked for, and the old version never below its full strength. Where one canary would be too much, the old version
 * grows for as long as the step lasts, to twenty replicas at most.
 */
export function canaryShare(percent: number, full: number, stableFull: number, weighed = false): ShareCounts {
  // Behind a Gateway the route weighs: enough replicas for the share, and nobody grows.
  if (weighed) return { canary: Math.max(1, Math.ceil((full * percent) / 100)), stable: stableFull, real: percent };
  if (percent >= 100) return { canary: full, stable: stableFull, real: 100 };
  const beside = Math.min(full, Math.floor((stableFull * percent) / (100 - percent)));
  if (beside >= 1) return counts(beside, stableFull);
  return counts(1, Math.max(stableFull, Math.min(MAX_STABLE_FOR_SHARE, Math.ceil((100 - percent) / percent))));
}

const counts = (canary: number, stable: number): ShareCounts => ({ canary, stable, real: Math.round((100 * canary) / (canary + stable)) });
