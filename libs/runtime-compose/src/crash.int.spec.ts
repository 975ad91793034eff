import { digestOf } from '@slipway/contracts';
import { ask, ROLLING, Scenario, type ChangeInput } from '@slipway/runtime-target';
import { docker, lackOfDockerHost } from '@slipway/testing';
import { LABELS } from './slot/slot-names';
import { ComposeHarness } from './testing/compose-harness.fixture';
import { CuttingEngine, type Cut } from './testing/cutting-engine.fixture';

jest.setTimeout(120_000);
const lack = lackOfDockerHost();
const suite = lack === undefined ? describe : describe.skip;

suite(`crashes on a Docker host${lack === undefined ? '' : ` (${lack})`}`, () => {
  let harness: ComposeHarness;
  let engine: CuttingEngine;
  beforeAll(async () => {
    engine = await CuttingEngine.start();
    harness = await ComposeHarness.start({ environment: { DOCKER_HOST: `unix://${engine.path}` } });
  });
  afterAll(async () => {
    await harness.close();
    engine.close();
  });

  /** A release of the sample whose first step is a hook that runs for two seconds. */
  async function withHook(scenario: Scenario, version: string): Promise<ChangeInput> {
    const base = await scenario.release(version, ROLLING);
    const manifest = harness.target.render({
      projectId: 'demo',
      serviceId: 'svc-sample',
      serviceName: 'sample',
      slotId: scenario.slotId,
      releaseId: base.releaseId,
      artifactDigest: base.artifactDigest,
      artifactVersion: version,
      artifactManifest: {
        ...harness.sampleManifest('well', 2),
        hooks: { before: [{ name: 'warm-up', command: ['/usr/local/bin/node', '/app/main.cjs', 'sample-task', 'slow'] }] },
      },
      files: {},
      connection: harness.connection,
      variables: {},
      strategy: ROLLING,
    });
    return { ...base, manifest, manifestDigest: digestOf(manifest) };
  }
  /** Ids of the task containers that the engine made for a slot, in the last minutes. */
  async function createdTasks(slotId: string): Promise<string[]> {
    const labels = [`label=${LABELS.role}=task`, `label=${LABELS.slot}=${slotId}`].flatMap((label) => ['--filter', label]);
    const events = await docker(
      'events',
      '--since',
      '5m',
      '--until',
      '0s',
      '--filter',
      'event=create',
      ...labels,
      '--format',
      '{{.Actor.ID}}',
    );
    return events.split('\n').map((line) => line.slice(0, 12));
  }
  it('an executor whose claim was taken over writes nothing more, even in the middle of what it does', async () => {
    const scenario = new Scenario(harness);
    const first = await scenario.release('v1', ROLLING);
    await scenario.deploy(first);
    const input = await withHook(scenario, 'v2');
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
    const input = await withHook(scenario, 'v1');
    const death = new AbortController();
    const context = scenario.context({ effectId: 'hook-of-a-dead-executor' });
    const dying = harness.target.deploySteps(input)[0]!.run({ ...context, signal: death.signal });
    const runs = () => docker('ps', '-aq', '--filter', `label=${LABELS.slot}=${scenario.slotId}`, '--filter', `label=${LABELS.role}=task`);
    await scenario.until('the hook runs', async () => (await runs()) !== '');
    const id = await runs();
    death.abort();
    await dying.catch(() => undefined);
    const another = harness.another().deploySteps(input)[0]!;
    expect(await another.run({ ...context, fence: context.fence + 1 })).toMatchObject({ outcome: 'succeeded' });
    expect(await createdTasks(scenario.slotId)).toEqual([id]);
  });

  const MOMENTS: readonly (readonly [string, RegExp])[] = [
    ['create', /^POST \S*\/containers\/create\?name=[0-9a-f]{12}_/],
    ['remove', /^DELETE \S*\/containers\/[0-9a-f]/],
    ['rename', /^POST \S*\/containers\/[0-9a-f]+\/rename/],
  ];
  const CUTS = MOMENTS.flatMap(([name, request]) => (['before', 'after'] as const).map((when) => [when, name, request] as const));

  it.each(CUTS)('Compose killed %s its %s is recovered: no leftovers, one container on the port', async (when, _name, request) => {
    const scenario = new Scenario(harness);
    const first = await scenario.release('v1', ROLLING);
    await scenario.deploy(first);
    const names = harness.names(scenario.slotId);
    const moved = { ...first, access: harness.accessTo({ ...harness.connection, proxy_image: harness.otherProxyImage }) };
    const cut: Cut = { request, when, project: names.front };
    const made = engine.arm(cut);
    const prepare = harness.target.deploySteps(moved)[0]!;
    const [result] = await Promise.all([prepare.run(scenario.context()), made]);
    expect(result.outcome).toBe('errored');
    const context = scenario.context();
    expect(await scenario.run(harness.another().deploySteps(moved), context)).toMatchObject({ outcome: 'succeeded' });
    const containers = await docker(
      'ps',
      '-a',
      '--filter',
      `label=${LABELS.slot}=${scenario.slotId}`,
      '--filter',
      `label=${LABELS.role}=proxy`,
      '--format',
      '{{.Names}} {{.State}}',
    );
    expect(containers).toBe(`${names.proxyContainer} running`);
    expect((await ask(await scenario.url())).status).toBe(200);
    await scenario.expectAlone(first);
  });
});
