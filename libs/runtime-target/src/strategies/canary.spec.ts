import { canaryBreach } from './canary';

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
