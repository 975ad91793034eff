import type { Step, StepContext } from '../steps';
import type { RuntimeHarness } from './harness';
import { Scenario } from './scenario';
import type { Specify } from './specs';
import { CANARY, ROLLING, STRATEGIES } from './strategies';

/** Executors that die, come back, or are outrun by a newer claim. */
export function crashCases(it: Specify, harness: () => RuntimeHarness): void {
  for (const [name, strategy] of STRATEGIES)
    it(`${name}: each step can run again, by another executor with a newer fence, to the same end`, async () => {
      const scenario = new Scenario(harness());
      await scenario.deploy(await scenario.release('v1', strategy));
      const next = await scenario.release('v2', strategy);
      const first = scenario.target.deploySteps(next);
      const second = harness().another().deploySteps(next);
      const { load } = await scenario.underLoad(async () => {
        for (const [index, step] of first.entries()) {
          expect(await step.run(scenario.context())).toMatchObject({ outcome: 'succeeded' });
          expect(await second[index]!.run(scenario.context())).toMatchObject({ outcome: 'succeeded' });
        }
        await harness().another().settle(next, scenario.context());
        await harness().another().settle(next, scenario.context());
      });
      expect(load.failures).toEqual([]);
      await scenario.expectAlone(next);
    });

  for (const [name, strategy] of STRATEGIES)
    it(`${name}: a step cut off in the middle is finished by another executor`, async () => {
      const scenario = new Scenario(harness());
      await scenario.deploy(await scenario.release('v1', strategy));
      const next = await scenario.release('v2', strategy);
      const { load } = await scenario.underLoad(async () => {
        for (const step of scenario.target.deploySteps(next)) await cutOff(step, scenario);
        const context = scenario.context();
        expect(await scenario.run(harness().another().deploySteps(next), context)).toMatchObject({ outcome: 'succeeded' });
        await scenario.target.settle(next, context);
      });
      expect(load.failures).toEqual([]);
      await scenario.expectAlone(next);
    });

  it('refuses a fence older than the newest it has seen, and changes nothing', async () => {
    const scenario = new Scenario(harness());
    const first = await scenario.release('v1', ROLLING);
    const stale = scenario.context();
    await scenario.deploy(first);
    const next = await scenario.release('v2', ROLLING);
    for (const step of scenario.target.deploySteps(next)) {
      await expect(step.run(stale)).rejects.toMatchObject({ code: 'stale_fence' });
    }
    await expect(scenario.target.remove(first.access, scenario.slotId, first.releaseId, stale)).rejects.toMatchObject({
      code: 'stale_fence',
    });
    await scenario.expectAlone(first);
  });

  it('takes a change back that was cancelled half-way', async () => {
    const scenario = new Scenario(harness());
    const first = await scenario.release('v1', CANARY);
    await scenario.deploy(first);
    const next = await scenario.release('v2', CANARY);
    const { load } = await scenario.underLoad(async () => {
      const steps = scenario.target.deploySteps(next);
      await steps[0]!.run(scenario.context());
      await cutOff(steps[1]!, scenario);
      await scenario.target.remove(first.access, scenario.slotId, next.releaseId, scenario.context());
      await scenario.target.remove(first.access, scenario.slotId, next.releaseId, scenario.context());
    });
    expect(load.failures).toEqual([]);
    await scenario.expectAlone(first);
  });

  it('clears away what an unfinished change left when the next release comes', async () => {
    const scenario = new Scenario(harness());
    await scenario.deploy(await scenario.release('v1', ROLLING));
    const unfinished = scenario.target.deploySteps(await scenario.release('v2', ROLLING));
    await scenario.run(unfinished.slice(0, 2));
    const third = await scenario.release('v3', ROLLING);
    const { load } = await scenario.underLoad(() => scenario.deploy(third));
    expect(load.failures).toEqual([]);
    await scenario.expectAlone(third);
  });
}

/** Runs a step until its first effect shows, then aborts it, as a dying executor would leave it. */
async function cutOff(step: Step, scenario: Scenario): Promise<void> {
  const executor = new AbortController();
  const before = JSON.stringify(stable(await scenario.observe()));
  const context: StepContext = scenario.context({ signal: executor.signal });
  const running = step.run(context);
  const ended = running.then(() => true);
  await scenario.until('the step shows an effect or ends', async () => {
    const over = await Promise.race([ended, Promise.resolve(false)]);
    return over || JSON.stringify(stable(await scenario.observe())) !== before;
  });
  executor.abort();
  await running;
}

const stable = ({ replicas, routes }: Awaited<ReturnType<Scenario['observe']>>) => ({ replicas: replicas.map(({ name }) => name), routes });
