import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, ROLLING, Scenario, specsOf } from '@slipway/runtime-target';
import { docker, lackOfDockerHost } from '@slipway/testing';
import { LABELS } from './slot/slot-names';
import { ComposeHarness } from './testing/compose-harness.fixture';
import { CuttingEngine } from './testing/cutting-engine.fixture';
import { HookedRelease } from './testing/hooked-release.fixture';

jest.setTimeout(120_000);
const lack = lackOfDockerHost();
const suite = lack === undefined ? describe : describe.skip;

suite(`crashes on a Docker host${lack === undefined ? '' : ` (${lack})`}`, () => {
  let harness: ComposeHarness;
  beforeAll(async () => (harness = await ComposeHarness.start()));
  afterAll(() => harness.close());
  const it = specsOf(() => harness, { sideBySide: true });

  it('an executor whose claim was taken over writes nothing more, even in the middle of what it does', async () => {
    const scenario = new Scenario(harness);
    const first = await scenario.release('v1', ROLLING);
    await scenario.deploy(first);
    const { input } = await HookedRelease.of(harness, scenario, 'v2');
    const stopped = scenario.context({ effectId: 'stopped-execution' });
    const steps = harness.target.deploySteps(input);
    expect(await steps[0]!.run(stopped)).toMatchObject({ outcome: 'succeeded' });
    await harness.another().settle(first, scenario.context());
    await scenario.run(harness.another().restoreSteps(first));
    for (const step of steps) await expect(step.run(stopped)).rejects.toMatchObject({ code: 'stale_fence' });
    await scenario.expectAlone(first);
  });

  it('a newer executor attaches to the run of one that died, while it is under way', async () => {
    const scenario = new Scenario(harness);
    const hook = await HookedRelease.of(harness, scenario, 'v1');
    const death = new AbortController();
    const context = scenario.context({ effectId: 'hook-of-a-dead-executor' });
    const dying = hook.step().run({ ...context, signal: death.signal });
    const id = await hook.running();
    death.abort();
    await dying.catch(() => undefined);
    const another = hook.step(harness.another());
    expect(await another.run({ ...context, fence: context.fence + 1 })).toMatchObject({ outcome: 'succeeded' });
    expect(await hook.created()).toEqual([id]);
  });

  it('SSH dropped in mid-run, again and again: the same executor attaches again, and the run ends once', () =>
    behindItsOwn(async ({ harness, scenario }) => {
      const hook = await HookedRelease.of(harness, scenario, 'v1');
      const running = hook.step().run(scenario.context());
      const id = await hook.running();
      expect(harness.sshd.dropSessions()).toBeGreaterThan(0);
      await scenario.until('somebody logs in again', () => Promise.resolve(harness.sshd.dropSessions() > 0));
      const ended = await running;
      expect(ended).toMatchObject({ outcome: 'succeeded', observed: { exit_code: 0 } });
      expect(ended.observed['last_lines']).toContain('task done');
      expect(await hook.created()).toEqual([id]);
    }));

  it('SSH dropped while a release rolls out: what was under way can be taken up, and ends as asked', () =>
    behindItsOwn(async ({ harness, scenario }) => {
      const input = await scenario.release('v1', ROLLING);
      const context = scenario.context();
      for (const step of harness.target.deploySteps(input)) {
        const running = step.run(context);
        await scenario.until('somebody is logged in', () => Promise.resolve(harness.sshd.dropSessions() > 0));
        const first = await running.catch((error: unknown) => error);
        if ((first as { outcome?: string }).outcome !== 'succeeded') expect(first).toMatchObject({ code: 'dependency_unavailable' });
        expect(await step.run(context)).toMatchObject({ outcome: 'succeeded' });
      }
      expect((await ask(await scenario.url())).status).toBe(200);
      await scenario.expectAlone(input);
    }));

  for (const [moment, written] of [
    ['wrote down what to do', false],
    ['started the worker', true],
  ] as const)
    it(`a helper that died before it ${moment} has lost nothing: a hook runs, once`, async () => {
      const scenario = new Scenario(harness);
      const hook = await HookedRelease.of(harness, scenario, 'v1');
      const context = scenario.context();
      const run = hook.makeRun(context.effectId);
      if (written) writeFileSync(join(run, 'document'), 'keep none\n', { mode: 0o666 });
      expect(await hook.step().run(context)).toMatchObject({ outcome: 'succeeded' });
      expect(await hook.created()).toHaveLength(1);
    });

  it('a hook whose worker was killed is followed by its container', async () => {
    const scenario = new Scenario(harness);
    const hook = await HookedRelease.of(harness, scenario, 'v1');
    const context = scenario.context();
    const running = hook.step().run(context);
    const id = await hook.running();
    hook.killWorker(context.effectId);
    expect(await running).toMatchObject({ outcome: 'succeeded', observed: { exit_code: 0 } });
    expect(await hook.step(harness.another()).run(context)).toMatchObject({ outcome: 'succeeded', observed: { exit_code: 0 } });
    expect(await hook.created()).toEqual([id]);
  });

  it('a hook that was begun and left no trace is not run again: nobody can tell whether it happened', async () => {
    const scenario = new Scenario(harness);
    const hook = await HookedRelease.of(harness, scenario, 'v1');
    const context = scenario.context();
    const running = hook.step().run(context);
    const id = await hook.running();
    hook.killWorker(context.effectId);
    await docker('rm', '-f', id);
    expect(await running).toMatchObject({ outcome: 'errored' });
    expect(await hook.step(harness.another()).run(context)).toMatchObject({ outcome: 'errored' });
    expect(await hook.created()).toEqual([id]);
  });

  it('containers that were started by a claim which was cut off then, and have no place at the proxy, get one', async () => {
    const scenario = new Scenario(harness);
    const first = await scenario.release('v1', ROLLING);
    await scenario.deploy(first);
    const next = await scenario.release('v2', ROLLING);
    const [prepare, ...others] = harness.target.deploySteps(next);
    expect(await prepare!.run(scenario.context())).toMatchObject({ outcome: 'succeeded' });
    await harness.composeUp(scenario.slotId, next.releaseId, { web: 2 });
    expect(await scenario.run(others)).toMatchObject({ outcome: 'succeeded' });
    await scenario.target.settle(next, scenario.context());
    await scenario.expectAlone(next);
  });

  const MOMENTS: readonly (readonly [string, RegExp])[] = [
    ['create', /^POST \S*\/containers\/create\?name=[0-9a-f]{12}_/],
    ['remove', /^DELETE \S*\/containers\/[0-9a-f]/],
    ['rename', /^POST \S*\/containers\/[0-9a-f]+\/rename/],
  ];
  const CUTS = MOMENTS.flatMap(([name, request]) => (['before', 'after'] as const).map((when) => ({ when, name, request })));

  for (const { when, name, request } of CUTS)
    it(`Compose killed ${when} its ${name} is recovered: no leftovers, one container on the port`, () =>
      behindItsOwn(async ({ harness, scenario, engine }) => {
        const first = await scenario.release('v1', ROLLING);
        await scenario.deploy(first);
        const names = harness.names(scenario.slotId);
        const moved = { ...first, access: harness.accessTo({ ...harness.connection, proxy_image: harness.otherProxyImage }) };
        const made = engine.arm({ request, when, project: names.front });
        const prepare = harness.target.deploySteps(moved)[0]!;
        const [result] = await Promise.all([prepare.run(scenario.context()), made]);
        expect(result.outcome).toBe('errored');
        const context = scenario.context();
        expect(await scenario.run(harness.another().deploySteps(moved), context)).toMatchObject({ outcome: 'succeeded' });
        const proxies = [`${LABELS.slot}=${scenario.slotId}`, `${LABELS.role}=proxy`].flatMap((label) => ['--filter', `label=${label}`]);
        expect(await docker('ps', '-a', ...proxies, '--format', '{{.Names}} {{.State}}')).toBe(`${names.proxyContainer} running`);
        expect((await ask(await scenario.url())).status).toBe(200);
        await scenario.expectAlone(first);
      }));

  interface Own {
    readonly harness: ComposeHarness;
    readonly scenario: Scenario;
    readonly engine: CuttingEngine;
  }
  /** With an sshd and a way to the engine that no other spec uses. */
  async function behindItsOwn(spec: (own: Own) => Promise<void>): Promise<void> {
    const engine = await CuttingEngine.start();
    const own = await harness.beside({ environment: { DOCKER_HOST: `unix://${engine.path}` } });
    try {
      await spec({ harness: own, scenario: new Scenario(own), engine });
    } finally {
      await own.leave();
      engine.close();
    }
  }
});
