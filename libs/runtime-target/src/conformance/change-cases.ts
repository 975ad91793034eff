import type { ResolvedStrategy } from '@slipway/contracts';
import type { RuntimeHarness, SampleBehaviour } from './harness';
import { Scenario } from './scenario';
import type { Specify } from './specs';
import { BLUE_GREEN, ROLLING, SMALL_CANARY, STRATEGIES } from './strategies';

/** Bringing releases into a slot, and back. */
export function changeCases(it: Specify, harness: () => RuntimeHarness): void {
  const leftServing = async (strategy: ResolvedStrategy, behaviour: SampleBehaviour): Promise<void> => {
    const scenario = new Scenario(harness());
    const first = await scenario.release('v1', strategy);
    await scenario.deploy(first);
    const bad = await scenario.release('v2', strategy, behaviour);
    const { result, load } = await scenario.underLoad(() => scenario.run(scenario.target.deploySteps(bad)));
    expect(result).toMatchObject({ outcome: 'failed' });
    expect(load.failures).toEqual([]);
    expect([...load.versions.keys()]).toEqual(['v1']);
    await scenario.expectAlone(first);
  };

  for (const [name, strategy] of STRATEGIES) {
    it(`${name} fills an empty slot, updates and restores under load without a failed request`, async () => {
      const scenario = new Scenario(harness());
      const first = await scenario.release('v1', strategy);
      await scenario.deploy(first);
      await scenario.expectAlone(first);
      expect(await scenario.answer()).toBe('v1');
      const next = await scenario.release('v2', strategy);
      const update = await scenario.underLoad(() => scenario.deploy(next));
      expect(update.load.failures).toEqual([]);
      expect([...update.load.versions.keys()].sort()).toEqual(['v1', 'v2']);
      await scenario.expectAlone(next);
      const wayBack = await scenario.underLoad(() => scenario.run(scenario.target.restoreSteps(first)));
      expect(wayBack.result).toMatchObject({ outcome: 'succeeded' });
      expect(wayBack.load.failures).toEqual([]);
      await scenario.expectAlone(first);
    });

    it(`${name} leaves the old version serving when the new one crashes`, () => leftServing(strategy, 'crashing'));
  }

  // How readiness is awaited is the same for every strategy.
  it('leaves the old version serving when the new one never becomes ready', () => leftServing(ROLLING, 'never-ready'));

  it('leaves nothing behind when a first release does not come up', async () => {
    const scenario = new Scenario(harness());
    const bad = await scenario.release('v1', ROLLING, 'crashing');
    expect(await scenario.run(scenario.target.deploySteps(bad))).toMatchObject({ outcome: 'failed' });
    await scenario.until('its replicas are gone', async () => (await scenario.observe()).replicas.length === 0);
    expect(await scenario.observe()).toMatchObject({ releaseId: null, routes: [] });
  });

  it('switches back to a version that was kept, without starting it again', async () => {
    const scenario = new Scenario(harness());
    const first = await scenario.release('v1', { ...BLUE_GREEN, type: 'blue-green', keep_previous_ms: 60_000 });
    await scenario.deploy(first);
    const instancesOf = async () =>
      (await scenario.observe()).replicas.filter(({ releaseId }) => releaseId === first.releaseId).map(({ instanceId }) => instanceId);
    const instances = (await instancesOf()).sort();
    await scenario.deploy(await scenario.release('v2', first.strategy));
    await scenario.until('the new version answers', async () => (await scenario.answer()) === 'v2');
    await scenario.run(scenario.target.restoreSteps(first));
    await scenario.expectAlone(first);
    expect((await instancesOf()).sort()).toEqual(instances);
  });

  it('lets a version that was kept go when its time is over', async () => {
    const scenario = new Scenario(harness());
    const first = await scenario.release('v1', { type: 'blue-green', keep_previous_ms: 500 });
    await scenario.deploy(first);
    const next = await scenario.release('v2', first.strategy);
    await scenario.deploy(next);
    expect(await scenario.target.drift(next)).toEqual([]);
    await scenario.expectAlone(next);
    expect(await scenario.target.drift(next)).toEqual([]);
  });

  it('rolls in batches', async () => {
    const scenario = new Scenario(harness(), 3);
    const first = await scenario.release('v1', { ...ROLLING, type: 'rolling', batch_size: 2 });
    await scenario.deploy(first);
    await scenario.expectAlone(first);
    const next = await scenario.release('v2', first.strategy);
    await scenario.deploy(next);
    await scenario.expectAlone(next);
  });

  it('gives a canary no more than its share', async () => {
    const scenario = new Scenario(harness());
    await scenario.deploy(await scenario.release('v1', SMALL_CANARY));
    const next = await scenario.release('v2', SMALL_CANARY);
    const steps = scenario.target.deploySteps(next);
    const { load } = await scenario.underLoad(() => scenario.run(steps.slice(0, 2)));
    const share = (load.versions.get('v2') ?? 0) / load.requests;
    expect(load.failures).toEqual([]);
    expect(share).toBeGreaterThan(0);
    expect(share).toBeLessThan(scenario.tenPercentAtMost);
  });
}
