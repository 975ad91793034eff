import type { ResolvedStrategy } from '@slipway/contracts';

export const ROLLING: ResolvedStrategy = { type: 'rolling', batch_size: 1 };
export const BLUE_GREEN: ResolvedStrategy = { type: 'blue-green', keep_previous_ms: 0 };
type Canary = Extract<ResolvedStrategy, { type: 'canary' }>;
/** Its first share is one that two replicas of the old version, and one more, leave room for. */
export const CANARY: Canary = {
  type: 'canary',
  steps: [
    { percent: 25, duration_ms: 1000 },
    { percent: 50, duration_ms: 500 },
  ],
  thresholds: { max_error_rate: 0.05, min_requests: 5 },
  on_inconclusive: 'pause',
};
/** The share with which people begin (spec 004); where replicas make the share it takes ten of them. */
export const SMALL_CANARY: Canary = { ...CANARY, steps: [{ percent: 10, duration_ms: 1000 }] };
export const STRATEGIES: readonly (readonly [string, ResolvedStrategy])[] = [
  ['rolling', ROLLING],
  ['blue-green', BLUE_GREEN],
  ['canary', CANARY],
];
