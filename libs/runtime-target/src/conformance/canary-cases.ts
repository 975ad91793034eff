import type { TargetAccess } from '../access';
import { openFigures } from './figures';
import type { Cannot, RuntimeHarness } from './harness';
import { Scenario } from './scenario';
import { ableTo, type Specify } from './specs';
import { CANARY, SMALL_CANARY } from './strategies';

/** More requests than come, wherever they come from. */
const NEVER_ENOUGH = { ...CANARY, thresholds: { ...CANARY.thresholds, min_requests: 100_000 } };

/** What a canary does with what it measures. */
export function canaryCases(it: Specify, harness: () => RuntimeHarness, cannot: Cannot): void {
  it('aborts a canary that answers with errors at its first step, and gives the traffic back', async () => {
    const scenario = new Scenario(harness());
    const first = await scenario.release('v1', SMALL_CANARY);
    await scenario.deploy(first);
    // Every second answer is bad: enough of them that it is not by chance that none was seen.
    const watched = {
      ...SMALL_CANARY,
      steps: [{ percent: 10, duration_ms: 6000 }],
      thresholds: { max_error_rate: 0.05, min_requests: 10 },
    };
    const erring = await scenario.release('v2', watched, 'erring');
    const { result, load } = await scenario.underLoad(() => scenario.run(scenario.target.deploySteps(erring)));
    expect(result).toMatchObject({ outcome: 'failed', step: scenario.target.deploySteps(erring)[1]?.name });
    expect(load.failures.length / load.requests).toBeLessThan(scenario.tenPercentAtMost);
    await scenario.expectAlone(first);
  });

  it('aborts a canary that is too slow', async () => {
    const scenario = new Scenario(harness());
    const first = await scenario.release('v1', CANARY);
    await scenario.deploy(first);
    const strict = { ...CANARY, thresholds: { ...CANARY.thresholds, max_p50_ms: 0.001 } };
    const slow = await scenario.release('v2', strict);
    const { result } = await scenario.underLoad(() => scenario.run(scenario.target.deploySteps(slow)));
    expect(result.outcome).toBe('failed');
    expect(result.summary).toContain('p50');
    await scenario.expectAlone(first);
  });

  it('pauses when too few requests came to judge, keeps the share, and goes on when an operator resumes', async () => {
    const scenario = new Scenario(harness());
    await scenario.deploy(await scenario.release('v1', CANARY));
    const next = await scenario.release('v2', NEVER_ENOUGH);
    const steps = scenario.target.deploySteps(next);
    const paused = await scenario.run(steps);
    expect(paused).toMatchObject({ outcome: 'paused', step: steps[1]?.name });
    expect((await scenario.observe()).routes).toContainEqual({ releaseId: next.releaseId, percent: 25 });
    const context = scenario.context({ resumed: true });
    expect(await scenario.run(steps.slice(1), context)).toMatchObject({ outcome: 'succeeded' });
    await scenario.target.settle(next, context);
    await scenario.expectAlone(next);
  });

  it('ends inconclusive, with the traffic given back, when the strategy says so', async () => {
    const scenario = new Scenario(harness());
    const first = await scenario.release('v1', CANARY);
    await scenario.deploy(first);
    const next = await scenario.release('v2', { ...NEVER_ENOUGH, on_inconclusive: 'abort' });
    expect(await scenario.run(scenario.target.deploySteps(next))).toMatchObject({ outcome: 'inconclusive' });
    await scenario.expectAlone(first);
  });

  it('is aborted by a metric of its own, as the Prometheus of its target has it', async () => {
    const figures = await openFigures(() => 9);
    try {
      const { access } = harness();
      const there: TargetAccess = { ...access, connection: { ...access.connection, prometheus: { url: figures.url } } };
      const scenario = new Scenario(Object.create(harness(), { access: { value: there } }) as RuntimeHarness);
      const strategy = { ...CANARY, metrics: [{ name: 'late-orders', query: 'late_orders', max: 5 }] };
      const first = await scenario.release('v1', strategy);
      await scenario.deploy(first);
      const result = await scenario.run(scenario.target.deploySteps(await scenario.release('v2', strategy)));
      expect(result).toMatchObject({ outcome: 'failed', observed: { metrics: [{ name: 'late-orders', value: 9 }] } });
      expect(result.summary).toContain('late-orders is 9');
      await scenario.expectAlone(first);
    } finally {
      figures.close();
    }
  });

  ableTo(
    it,
    cannot,
    'measure-at-router',
  )('measures per release at the router', async () => {
    const scenario = new Scenario(harness());
    const first = await scenario.release('v1', CANARY);
    await scenario.deploy(first);
    await scenario.underLoad(() => Promise.resolve());
    const [figures] = await scenario.target.metrics(first.access, scenario.slotId);
    expect(figures).toMatchObject({ releaseId: first.releaseId, errors: 0, errorRate: 0 });
    expect(figures!.requests).toBeGreaterThan(20);
    expect(figures!.p50Ms).toBeLessThanOrEqual(figures!.p95Ms!);
    expect(figures!.p95Ms).toBeLessThanOrEqual(figures!.p99Ms!);
  });
}
