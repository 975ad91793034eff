import type { DriftFinding } from '../observation';
import type { RuntimeHarness } from './harness';
import { ask } from './load';
import { Scenario } from './scenario';
import type { Specify } from './specs';
import { BLUE_GREEN, ROLLING } from './strategies';

/** Looking before and after: render, plan, observe, verify, drift, remove. */
export function observationCases(it: Specify, harness: () => RuntimeHarness): void {
  it('says that it can be reached', async () => {
    const report = await harness().target.checkConnection(harness().access);
    expect(report.checks.filter(({ result }) => result === 'fail')).toEqual([]);
    expect(report.ok).toBe(true);
  });

  it('renders the same manifest from the same input, and another from other variables', async () => {
    const scenario = new Scenario(harness());
    const one = await scenario.release('v1', ROLLING);
    const same = await scenario.release('v1', ROLLING);
    expect(same.manifestDigest).toBe(one.manifestDigest);
    expect((await scenario.release('v2', ROLLING)).manifestDigest).not.toBe(one.manifestDigest);
    expect(JSON.parse(JSON.stringify(one.manifest))).toEqual(one.manifest);
  });

  it('sees nothing in a slot that never ran anything', async () => {
    const scenario = new Scenario(harness());
    expect(await scenario.observe()).toMatchObject({ releaseId: null, manifest: null, replicas: [], routes: [] });
  });

  it('plans in order and with a diff, and changes nothing by it', async () => {
    const scenario = new Scenario(harness());
    const first = await scenario.release('v1', ROLLING);
    const fresh = await scenario.plan(first, await scenario.observe());
    expect(fresh.actions.length).toBeGreaterThan(1);
    await scenario.deploy(first);
    const before = await scenario.observe();
    const next = await scenario.release('v2', ROLLING);
    const plan = await scenario.plan(next, before);
    expect(plan.actions.map(({ ordinal }) => ordinal)).toEqual(plan.actions.map((_, index) => index + 1));
    expect(plan.diff.length).toBeGreaterThan(0);
    expect((await scenario.plan(first, before)).diff).toEqual([]);
    expect({ ...(await scenario.observe()), observedAt: '' }).toEqual({ ...before, observedAt: '' });
  });

  it('verifies what runs: pass, another release, a bad health endpoint', async () => {
    const scenario = new Scenario(harness());
    const first = await scenario.release('v1', BLUE_GREEN);
    await scenario.deploy(first);
    const verdicts = await scenario.target.verify(first, scenario.context());
    expect(verdicts.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(2);
    const other = await scenario.release('v2', BLUE_GREEN, 'unhealthy');
    expect((await scenario.target.verify(other, scenario.context())).some(({ verdict }) => verdict === 'fail')).toBe(true);
    await scenario.deploy(other);
    const unhealthy = await scenario.target.verify(other, scenario.context());
    expect(unhealthy.filter(({ verdict }) => verdict === 'fail').map(({ name }) => name)).toEqual(['health-endpoint']);
  });

  it('notices a replica that was killed, names it, and tells when the slot is whole again', async () => {
    const scenario = new Scenario(harness());
    const first = await scenario.release('v1', ROLLING);
    await scenario.deploy(first);
    expect(await scenario.target.drift(first)).toEqual([]);
    const names = (await scenario.observe()).replicas.map(({ name }) => name);
    const seen: (readonly DriftFinding[])[] = [];
    const stop = scenario.target.watch(first.access, (slotId, findings) => {
      if (slotId === scenario.slotId) seen.push(findings);
    });
    try {
      await harness().killReplica(scenario.slotId);
      await scenario.until('the kill is reported', () => Promise.resolve(seen.some((findings) => findings.length > 0)));
      expect(seen.flat()[0]).toMatchObject({ kind: 'missing' });
      expect(names).toContain(seen.flat()[0]?.what);
      await scenario.until('the slot is reported whole', () => Promise.resolve(seen.at(-1)?.length === 0));
    } finally {
      stop();
    }
    await scenario.expectAlone(first);
    expect(await scenario.target.drift(first)).toEqual([]);
  });

  it('finds drift when another release runs than should', async () => {
    const scenario = new Scenario(harness());
    await scenario.deploy(await scenario.release('v1', ROLLING));
    const findings = await scenario.target.drift(await scenario.release('v2', ROLLING));
    expect(findings.length).toBeGreaterThan(0);
  });

  it('removes a first release without a trace', async () => {
    const scenario = new Scenario(harness());
    const first = await scenario.release('v1', ROLLING, 'unhealthy');
    await scenario.deploy(first);
    const url = await scenario.url();
    for (const target of [scenario.target, harness().another()]) {
      await target.remove(first.access, scenario.slotId, first.releaseId, scenario.context());
    }
    expect(await scenario.observe()).toMatchObject({ releaseId: null, replicas: [], routes: [] });
    const answer = await ask(url).catch(() => ({ status: 0, body: '' }));
    expect(answer.status).not.toBe(200);
  });
}
