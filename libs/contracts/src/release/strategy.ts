import { Type, type Static } from 'typebox';
import { Closed, Text } from '../platform/envelope';
import { NameSchema } from '../platform/names';

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
/**
 * A figure that the target's Prometheus has of a canary, and what it must keep. The query must come to one number; `{{release_id}}`,
 * `{{stable_release_id}}`, `{{slot_id}}`, `{{service}}` and `{{window}}` (seconds of the step so far, `30s`) stand for what they say.
 */
export const CanaryMetricSchema = Closed({
  name: NameSchema,
  query: Text(4000, { minLength: 1, description: 'PromQL that comes to one number' }),
  min: Type.Optional(Type.Number({ description: 'Less than this: the canary fails' })),
  max: Type.Optional(Type.Number({ description: 'More than this: the canary fails' })),
});
export type CanaryMetric = Static<typeof CanaryMetricSchema>;
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
    metrics: Type.Optional(
      Type.Array(CanaryMetricSchema, { minItems: 1, maxItems: 20, description: 'Judged by the Prometheus that the target names' }),
    ),
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
      metrics?: CanaryMetric[];
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
        ...(strategy.metrics && { metrics: strategy.metrics }),
        on_inconclusive: strategy.on_inconclusive ?? 'pause',
      };
  }
}
