import fc from 'fast-check';
import { Balancer } from './balancer';
import { LatencyHistogram } from './latency-histogram';
import type { Replica } from './replica';
import { Traffic } from './traffic';

const replica = (releaseId: string, name: string): Replica => ({ releaseId, name }) as Replica;

describe('the latency histogram', () => {
  it('is at most 2 % off at any quantile, from microseconds to an hour', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.064, max: 3_600_000, noNaN: true }), { minLength: 1, maxLength: 300 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, quantile) => {
          const histogram = new LatencyHistogram();
          for (const value of values) histogram.record(value);
          const sorted = [...values].sort((a, b) => a - b);
          const exact = sorted[Math.max(1, Math.ceil(quantile * sorted.length)) - 1]!;
          expect(Math.abs(histogram.quantile(quantile)! - exact)).toBeLessThanOrEqual(exact * 0.02 + 0.001);
        },
      ),
    );
  });

  it('knows nothing before the first value', () => {
    expect(new LatencyHistogram().quantile(0.5)).toBeNull();
  });
});

describe('traffic', () => {
  it('counts per release, and starts anew with each window', () => {
    const traffic = new Traffic();
    traffic.open('one');
    traffic.begin('rel-a')('answered');
    traffic.begin('rel-a')('failed');
    traffic.begin('rel-b')('answered');
    const late = traffic.begin('rel-b');
    expect(traffic.figures().map(({ releaseId, requests, errors, window }) => [releaseId, requests, errors, window])).toEqual([
      ['rel-a', 2, 1, 'one'],
      ['rel-b', 1, 0, 'one'],
    ]);
    traffic.open('two');
    late('failed');
    expect(traffic.figures()).toEqual([]);
  });
});

describe('a request without a response', () => {
  beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick'] }));
  afterEach(() => jest.useRealTimers());

  it('counts as failed after five seconds, once, and as answered when it is', () => {
    const traffic = new Traffic();
    const answered = traffic.begin('rel-a');
    expect(traffic.figures()).toMatchObject([{ requests: 0, errors: 0 }]);
    jest.advanceTimersByTime(6000);
    expect(traffic.figures()).toMatchObject([{ requests: 1, errors: 1 }]);
    answered('answered');
    expect(traffic.figures()).toMatchObject([{ requests: 1, errors: 0 }]);
  });

  it('does not count when its caller left early, and does when it had waited long', () => {
    const traffic = new Traffic();
    traffic.begin('rel-a')('abandoned');
    expect(traffic.figures()).toMatchObject([{ requests: 0, errors: 0 }]);
    const patient = traffic.begin('rel-a');
    jest.advanceTimersByTime(6000);
    patient('abandoned');
    expect(traffic.figures()).toMatchObject([{ requests: 1, errors: 1 }]);
  });
});

describe('the balancer', () => {
  const chosen = (balancer: Balancer, times: number): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (let turn = 0; turn < times; turn++) {
      const { name } = balancer.choose(new Set())!;
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  };

  it('gives each release its exact share, and each of its replicas as many', () => {
    const balancer = new Balancer();
    balancer.route([
      { releaseId: 'old', percent: 90 },
      { releaseId: 'new', percent: 10 },
    ]);
    balancer.serve([replica('old', 'o1'), replica('old', 'o2'), replica('new', 'n1'), replica('other', 'x')]);
    expect(chosen(balancer, 100)).toEqual({ o1: 45, o2: 45, n1: 10 });
  });

  it('passes over a release that has nothing ready, and what was tried', () => {
    const balancer = new Balancer();
    balancer.route([
      { releaseId: 'old', percent: 50 },
      { releaseId: 'new', percent: 50 },
    ]);
    const [one, two] = [replica('old', 'o1'), replica('old', 'o2')];
    balancer.serve([one, two]);
    expect(chosen(balancer, 4)).toEqual({ o1: 2, o2: 2 });
    expect(balancer.choose(new Set([one]))).toBe(two);
    expect(balancer.choose(new Set([one, two]))).toBeUndefined();
  });
});
