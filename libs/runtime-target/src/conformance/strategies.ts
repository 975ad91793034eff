import type { ResolvedStrategy } from '@slipway/contracts';

export const ROLLING: ResolvedStrategy = { type: 'rolling', batch_size: 1 };
export const BLUE_GREEN: ResolvedStrategy = { type: 'blue-green', keep_previous_ms: 0 };
export const CANARY: Extract<ResolvedStrategy, { type: 'canary' }> = {
  type: 'canary',
  steps: [
    { percent: 10, duration_ms: 600 },
    { percent: 50, duration_ms: 300 },
  ],
  thresholds: { max_error_rate: 0.05, min_requests: 5 },
  on_inconclusive: 'pause',
};
export const STRATEGIES: readonly (readonly [string, ResolvedStrategy])[] = [
  ['rolling', ROLLING],
  ['blue-green', BLUE_GREEN],
  ['canary', CANARY],
];
