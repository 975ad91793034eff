import type { WorkloadLogLine } from '../diagnosis';
import type { Cannot, RuntimeHarness } from './harness';
import { ask } from './load';
import { Scenario } from './scenario';
import { ableTo, type Specify } from './specs';
import { ROLLING } from './strategies';

/** Why something does not run, what it says, and what somebody changed by hand. */
export function diagnosisCases(it: Specify, harness: () => RuntimeHarness, cannot: Cannot): void {
  it('says that a slot is well', async () => {
    const scenario = new Scenario(harness());
    const first = await scenario.release('v1', ROLLING);
    await scenario.deploy(first);
    const diagnosis = await scenario.target.diagnose(first.access, scenario.slotId);
    expect(diagnosis.replicas.filter(({ ready }) => !ready)).toEqual([]);
    expect(diagnosis.summary).not.toBe('');
  });

  it('says why a release crashes: its exit code and its last words, in a line for a person', async () => {
    const scenario = new Scenario(harness());
    await scenario.deploy(await scenario.release('v1', ROLLING));
    const bad = await scenario.release('v2', ROLLING, 'crashing');
    const steps = scenario.target.deploySteps(bad);
    const result = await scenario.run(steps);
    expect(result.outcome).toBe('failed');
    // A failing step takes its release back; what it saw before that is in its own reading.
    expect(`${result.summary} ${JSON.stringify(result.observed)}`).toContain('the database is not there');
    expect(`${result.summary} ${JSON.stringify(result.observed)}`).toMatch(/\b3\b/);
  });

  it('follows what the replicas write, from each of them', async () => {
    const scenario = new Scenario(harness());
    const first = await scenario.release('v1', ROLLING);
    await scenario.deploy(first);
    const names = (await scenario.observe()).replicas.map(({ name }) => name);
    const seen: WorkloadLogLine[] = [];
    const stop = new AbortController();
    const lines = scenario.target.followLogs(first.access, scenario.slotId, { tail: 50, follow: true }, stop.signal);
    const reading = (async () => {
      for await (const line of lines) seen.push(line);
    })();
    await ask(await scenario.url());
    await scenario.until('every replica has said something', () =>
      Promise.resolve(names.every((name) => seen.some(({ replica }) => replica === name))),
    );
    stop.abort();
    await reading;
    expect(seen.every(({ releaseId, process }) => releaseId === first.releaseId && process === 'web')).toBe(true);
    expect(seen.some(({ line }) => line.includes('listening'))).toBe(true);
  });

  it('ends after the last line when it is not to follow, and narrows to one replica', async () => {
    const scenario = new Scenario(harness());
    const first = await scenario.release('v1', ROLLING);
    await scenario.deploy(first);
    const replica = (await scenario.observe()).replicas[0]!.name;
    const seen: WorkloadLogLine[] = [];
    const options = { tail: 50, follow: false, replica };
    await scenario.until('the replica has said something', async () => {
      const lines = scenario.target.followLogs(first.access, scenario.slotId, options, new AbortController().signal);
      for await (const line of lines) seen.push(line);
      return seen.length > 0;
    });
    expect(new Set(seen.map((line) => line.replica))).toEqual(new Set([replica]));
  });

  ableTo(
    it,
    cannot,
    'be-tampered-with',
  )('names a change made by hand as drift, and heals it by applying the release again', async () => {
    const scenario = new Scenario(harness());
    const first = await scenario.release('v1', ROLLING);
    await scenario.deploy(first);
    expect(await scenario.target.drift(first)).toEqual([]);
    const named = await harness().tamper!(scenario.slotId);
    await scenario.until('the change shows as drift', async () =>
      (await scenario.target.drift(first)).some(({ what, detail }) => `${what} ${detail}`.includes(named)),
    );
    await scenario.deploy(first);
    await scenario.until('the drift is gone', async () => (await scenario.target.drift(first)).length === 0);
    await scenario.expectAlone(first);
  });
}
