import type { ChangeInput } from '../runtime-target';
import type { StepContext } from '../steps';
import { canaryBreach, canarySteps, lookEveryMs, type Canary } from './canary';
import type { Change, SlotControl, SlotStanding } from './slot-control';

describe('a canary breaches its limits', () => {
  const figures = { requests: 100, errors: 2, p50Ms: 10, p95Ms: 50, p99Ms: 90 };
  it.each([
    [{ max_error_rate: 0.01 }, false, '2 of 100 requests failed (2.0 %, allowed 1.0 %)'],
    [{ max_error_rate: 0.02 }, true, null],
    [{ max_error_rate: 1, max_p95_ms: 40 }, false, null],
    [{ max_error_rate: 1, max_p95_ms: 40 }, true, 'p95 is 50.0 ms, allowed 40 ms'],
    [{ max_error_rate: 1, max_p99_ms: 90 }, true, null],
  ])('%j at the end: %s -> %s', (limits, over, expected) => {
    expect(canaryBreach(figures, { min_requests: 20, ...limits }, over)).toBe(expected);
  });
});

describe('a canary is watched', () => {
  it.each([
    [500, 200],
    [10_000, 500],
    [600_000, 2_000],
  ])('for %s ms by a look every %s ms', (durationMs, everyMs) => {
    expect(lookEveryMs(durationMs)).toBe(everyMs);
  });

  it('with one status for each look', async () => {
    const replica = { releaseId: 'rel-2', process: 'web', name: 'web-1', state: 'running', ready: true, restarts: 0 };
    const shape = { full: { web: 1 }, serving: 'web', patienceMs: 1000 };
    const standing = {
      current: 'rel-1',
      routes: [],
      port: 1,
      replicas: [replica],
      releases: [{ ...shape, releaseId: 'rel-1', removing: false }],
    };
    let [statuses, looks] = [0, 0];
    const slot: Pick<SlotControl, 'lookEveryMs' | 'status' | 'scale' | 'route' | 'traffic'> = {
      lookEveryMs: 1,
      status: () => Promise.resolve((statuses++, standing as unknown as SlotStanding)),
      scale: () => Promise.resolve(),
      route: () => Promise.resolve(),
      traffic: () =>
        Promise.resolve((looks++, [{ releaseId: 'rel-2', requests: 100, errors: 0, errorRate: 0, p50Ms: 1, p95Ms: 1, p99Ms: 1 }])),
    };
    const strategy = {
      type: 'canary',
      steps: [{ percent: 50, duration_ms: 900 }],
      thresholds: { max_error_rate: 0.1, min_requests: 1 },
    } as unknown as Canary;
    const context = { signal: new AbortController().signal, log: () => undefined } as unknown as StepContext;
    const change = { slot, shape, context, input: { releaseId: 'rel-2' } as ChangeInput } as unknown as Change;
    const [watched] = canarySteps(
      strategy,
      () => change,
      () => null,
    );
    expect(await watched!.run(context)).toMatchObject({ outcome: 'succeeded' });
    expect(looks).toBeGreaterThan(3);
    // Who stands, who is ready, and what restarted before the first look.
    expect(statuses - looks).toBe(3);
  });
});
