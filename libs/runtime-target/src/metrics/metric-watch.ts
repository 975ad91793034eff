import type { CanaryMetric, ResolvedStrategy } from '@slipway/contracts';
import type { NetworkPolicy } from '../access';
import type { ChangeInput } from '../runtime-target';
import { askPrometheus, type Reading } from './prometheus';
import { filledIn } from './query-words';

type Canary = Extract<ResolvedStrategy, { type: 'canary' }>;

/** What the metrics of a canary say, all of them asked at one moment. */
export interface MetricVerdict {
  /** As a step shows it: name, value (null: none, and why), limits. */
  readonly observed: readonly Record<string, unknown>[];
  /** The first limit that is broken, in words. */
  readonly breach: string | null;
  /** Why it cannot be judged, in words; null: every metric came to a number. */
  readonly open: string | null;
}

/** The metrics of one step of a canary; null where the strategy has none. */
export type MetricWatchOf = (canary: Canary, input: ChangeInput, stableReleaseId: string, durationMs: number) => MetricWatch | null;

const SHORTEST_MS = 1000;
const LONGEST_MS = 30_000;
const UNKNOWN: MetricVerdict = { observed: [], breach: null, open: 'no metric was asked for yet' };

/** @param network where this executor may connect to */
export const metricWatches =
  (network: NetworkPolicy): MetricWatchOf =>
  (canary, input, stableReleaseId, durationMs) => {
    if (!canary.metrics) return null;
    const words = {
      release_id: input.releaseId,
      stable_release_id: stableReleaseId,
      slot_id: input.slotId,
      service: String(input.manifest['service_name']),
    };
    const ask = (query: string, signal: AbortSignal): Promise<Reading> => askPrometheus(input.access, query, network, signal);
    return new MetricWatch(canary.metrics, words, ask, durationMs);
  };

/** Asks ten times in a step, every second at most; what it heard last holds in between. */
export class MetricWatch {
  private readonly beganAt = performance.now();
  private readonly everyMs: number;
  private askedAt = -Infinity;
  private last = UNKNOWN;

  constructor(
    private readonly metrics: readonly CanaryMetric[],
    private readonly words: Readonly<Record<string, string>>,
    private readonly ask: (query: string, signal: AbortSignal) => Promise<Reading>,
    durationMs: number,
  ) {
    this.everyMs = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, durationMs / 10));
  }

  /** @param over the step ends on this look: it is made in any case */
  async look(over: boolean, signal: AbortSignal): Promise<MetricVerdict> {
    const now = performance.now();
    if (!over && now - this.askedAt < this.everyMs) return this.last;
    this.askedAt = now;
    const window = `${Math.max(1, Math.round((now - this.beganAt) / 1000))}s`;
    const readings = await Promise.all(this.metrics.map(({ query }) => this.ask(filledIn(query, { ...this.words, window }), signal)));
    this.last = verdictOf(this.metrics, readings);
    return this.last;
  }
}

function verdictOf(metrics: readonly CanaryMetric[], readings: readonly Reading[]): MetricVerdict {
  const pairs = metrics.map((metric, index) => [metric, readings[index]!] as const);
  const find = (say: (metric: CanaryMetric, reading: Reading) => string | null): string | null =>
    pairs.map(([metric, reading]) => say(metric, reading)).find((said) => said !== null) ?? null;
  return {
    observed: pairs.map(([{ name, min, max }, reading]) => ({ name, min: min ?? null, max: max ?? null, ...shown(reading) })),
    breach: find((metric, reading) => ('value' in reading ? breachOf(metric, reading.value) : null)),
    open: find(({ name }, reading) => ('why' in reading ? `Metric ${name} cannot be judged: ${reading.why}` : null)),
  };
}

/** JSON has no infinity. */
const shown = (reading: Reading): Record<string, unknown> =>
  'why' in reading ? { value: null, why: reading.why } : { value: Number.isFinite(reading.value) ? reading.value : String(reading.value) };

function breachOf({ name, min, max }: CanaryMetric, value: number): string | null {
  if (max !== undefined && value > max) return `metric ${name} is ${value}, allowed at most ${max}`;
  return min !== undefined && value < min ? `metric ${name} is ${value}, allowed at least ${min}` : null;
}
