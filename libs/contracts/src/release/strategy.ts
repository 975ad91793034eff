import { Type, type Static } from 'typebox';
import { Closed } from '../platform/envelope';

/** Limits that a canary's metrics, measured at the router, must keep. Latencies in milliseconds. */
export const CanaryThresholdsSchema = Closed({
  max_error_rate: Type.Optional(
    Type.Number({ minimum: 0, maximum: 1, description: 'Share of responses with status >= 500 or no response' }),
  ),
  max_p50_ms: Type.Optional(Type.Number({ minimum: 0 })),
  max_p95_ms: Type.Optional(Type.Number({ minimum: 0 })),
  max_p99_ms: Type.Optional(Type.Number({ minimum: 0 })),
  min_requests: Type.Optional(Type.Integer({ minimum: 1, description: 'Fewer requests than this in a step: inconclusive' })),
});
export const CanaryStepSchema = Closed({
  percent: Type.Integer({ minimum: 1, maximum: 100 }),
  duration_ms: Type.Optional(Type.Integer({ minimum: 100, maximum: 3_600_000 })),
});

export const StrategySchema = Type.Union([
  Closed({ type: Type.Literal('rolling'), batch_size: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })) }),
  Closed({
    type: Type.Literal('blue-green'),
    keep_previous_ms: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 86_400_000, description: 'How long the old version stays up for an instant way back' }),
    ),
  }),
  Closed({
    type: Type.Literal('canary'),
    steps: Type.Optional(Type.Array(CanaryStepSchema, { minItems: 1, maxItems: 20 })),
    thresholds: Type.Optional(CanaryThresholdsSchema),
    on_inconclusive: Type.Optional(Type.Enum(['pause', 'abort'])),
  }),
]);
export type Strategy = Static<typeof StrategySchema>;
export const STRATEGY_TYPES = ['rolling', 'blue-green', 'canary'] as const;

/** As callers may write it: a strategy, or its type alone for the defaults. */
export const StrategyInputSchema = Type.Union([Type.Enum([...STRATEGY_TYPES]), StrategySchema]);
export type StrategyInput = Static<typeof StrategyInputSchema>;

/** A strategy with every default filled in: what a draft holds and what runs. */
export type ResolvedStrategy =
  | { type: 'rolling'; batch_size: number }
  | { type: 'blue-green'; keep_previous_ms: number }
  | {
      type: 'canary';
      steps: { percent: number; duration_ms: number }[];
      thresholds: { max_error_rate: number; max_p50_ms?: number; max_p95_ms?: number; max_p99_ms?: number; min_requests: number };
      on_inconclusive: 'pause' | 'abort';
    };

/** Defaults: rolling one at a time; blue-green keeps the old version 10 minutes; canary 10, 50, 100 percent, 10 s each (spec 004: 5-10 % first). */
export function resolveStrategy(input: StrategyInput | undefined): ResolvedStrategy {
  const strategy: Strategy = input === undefined ? { type: 'rolling' } : typeof input === 'string' ? { type: input } : input;
  switch (strategy.type) {
    case 'rolling':
      return { type: 'rolling', batch_size: strategy.batch_size ?? 1 };
    case 'blue-green':
      return { type: 'blue-green', keep_previous_ms: strategy.keep_previous_ms ?? 600_000 };
    case 'canary':
      return {
        type: 'canary',
        steps: (strategy.steps ?? [{ percent: 10 }, { percent: 50 }, { percent: 100 }]).map((step) => ({
          percent: step.percent,
          duration_ms: step.duration_ms ?? 10_000,
        })),
        thresholds: {
          ...strategy.thresholds,
          max_error_rate: strategy.thresholds?.max_error_rate ?? 0.01,
          min_requests: strategy.thresholds?.min_requests ?? 20,
        },
        on_inconclusive: strategy.on_inconclusive ?? 'pause',
      };
  }
}
