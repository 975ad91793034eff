import type { ExecutionView } from './executions';

export interface Figures {
  readonly requests: number;
  /** From 0 to 1; null where no request was measured. */
  readonly errorRate: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}
export interface CanaryPoint {
  /** Share of the traffic, e.g. `10 %`. */
  readonly share: string;
  readonly stable: Figures | null;
  readonly canary: Figures | null;
}

const numberOr = <T>(value: unknown, other: T): number | T => (typeof value === 'number' ? value : other);

function figuresOf(value: unknown): Figures | null {
  if (typeof value !== 'object' || value === null) return null;
  const figures = value as Record<string, unknown>;
  const requests = numberOr(figures['requests'], 0);
  return {
    requests,
    errorRate: requests === 0 ? null : numberOr(figures['errors'], 0) / requests,
    p50: numberOr(figures['p50_ms'], null),
    p95: numberOr(figures['p95_ms'], null),
    p99: numberOr(figures['p99_ms'], null),
  };
}

/** What the router measured in each canary step that was judged so far: the stable version against the canary. */
export const canaryPoints = (executions: readonly ExecutionView[]): CanaryPoint[] =>
  executions
    .filter(({ act }) => act === 'apply')
    .flatMap(({ steps }) => steps)
    .filter(({ observed }) => typeof observed['percent'] === 'number' && observed['canary'] !== undefined)
    .map(({ observed }) => ({
      share: `${String(observed['percent'])} %`,
      stable: figuresOf(observed['stable']),
      canary: figuresOf(observed['canary']),
    }));
