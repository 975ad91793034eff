import { ask, BLUE_GREEN, ROLLING, Scenario, specsOf, type ChangeInput } from '@slipway/runtime-target';
import { docker, lackOfDockerHost } from '@slipway/testing';
import { LABELS } from './slot/slot-names';
import { ComposeHarness } from './testing/compose-harness.fixture';
import { OwnFiles, type Serves } from './testing/own-file.fixture';

jest.setTimeout(120_000);
const lack = lackOfDockerHost();
const suite = lack === undefined ? describe : describe.skip;

suite(`a Compose file of somebody’s own on a Docker host${lack === undefined ? '' : ` (${lack})`}`, () => {
  let harness: ComposeHarness;
  beforeAll(async () => (harness = await ComposeHarness.start()));
  afterAll(() => harness.close());
  const it = specsOf(() => harness, { sideBySide: true });

  const files = new OwnFiles(() => harness);
  const release = files.release.bind(files);
  async function verified(scenario: Scenario, input: ChangeInput): Promise<void> {
    expect((await scenario.target.verify(input, scenario.context())).filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  }
  const greeting = async (scenario: Scenario): Promise<unknown> =>
    (JSON.parse((await ask(`${await scenario.url()}/env`)).body) as Record<string, unknown>)['GREETING'];
  const stores = (scenario: Scenario): Promise<string> =>
    docker('ps', '-aq', '--filter', `label=${LABELS.slot}=${scenario.slotId}`, '--filter', `label=${LABELS.process}=store`);
  const volumes = (scenario: Scenario): Promise<string> =>
    docker('volume', 'ls', '-q', '--filter', `name=${harness.names(scenario.slotId).volume('data')}`);

  it('is deployed, updated and rolled back under load; what has data is left alone', async () => {
    const scenario = new Scenario(harness);
    const first = await release(scenario, 'v1', files.withStore('hello'));
    await scenario.deploy(first);
    await scenario.expectAlone(first);
    await verified(scenario, first);
    expect(await greeting(scenario)).toBe('hello');
    const store = await stores(scenario);
    const next = await release(scenario, 'v2', files.withStore('goodbye'));
    const { load } = await scenario.underLoad(async () => {
      await scenario.deploy(next);
      expect(await greeting(scenario)).toBe('goodbye');
      await scenario.run(scenario.target.restoreSteps(first));
    });
    expect(load.failures).toEqual([]);
    expect([...load.versions.keys()].sort()).toEqual(['v1', 'v2']);
    await scenario.expectAlone(first);
    expect(await greeting(scenario)).toBe('hello');
    expect(await scenario.target.drift(first)).toEqual([]);
    expect(await stores(scenario)).toBe(store);
  });

  it('loses the services that a newer release drops, as its preview says, and gets them back with the older one', async () => {
    const scenario = new Scenario(harness);
    const first = await release(scenario, 'v1', files.withStore('hello'));
    await scenario.deploy(first);
    const next = await release(scenario, 'v2', files.withoutStore('alone'));
    const { actions } = await scenario.plan(next, await scenario.observe());
    const removal = actions.find(({ name, verb }) => name === 'store' && verb === 'delete');
    expect(removal?.summary).toMatch(/Remove 1 container of store .* has no service store; its volume stays/);
    const context = scenario.context();
    expect(await scenario.run(scenario.target.deploySteps(next), context)).toMatchObject({ outcome: 'succeeded' });
    await verified(scenario, next);
    expect(await stores(scenario)).not.toBe('');
    await scenario.target.settle(next, context);
    await scenario.expectAlone(next);
    expect(await stores(scenario)).toBe('');
    expect(await volumes(scenario)).not.toBe('');
    expect(await scenario.target.drift(next)).toEqual([]);
    expect(await scenario.run(scenario.target.restoreSteps(first))).toMatchObject({ outcome: 'succeeded' });
    await scenario.expectAlone(first);
    expect(await stores(scenario)).not.toBe('');
  });

  it('keeps a dropped service for as long as the old version is kept as a way back', async () => {
    const scenario = new Scenario(harness);
    const strategy = { ...BLUE_GREEN, type: 'blue-green' as const, keep_previous_ms: 1500 };
    await scenario.deploy(await release(scenario, 'v1', files.withStore('hello'), strategy));
    const next = await release(scenario, 'v2', files.withoutStore('alone'), strategy);
    await scenario.deploy(next);
    expect(await scenario.target.drift(next)).toEqual([]);
    await scenario.until('the store went with the version that was kept', async () => (await stores(scenario)) === '');
    await scenario.expectAlone(next);
    expect(await scenario.target.drift(next)).toEqual([]);
  });

  it('is ready when its probe says so: one that answers, but not there, gets no traffic and is taken back', async () => {
    const scenario = new Scenario(harness);
    const probed = (path: string): Pick<Serves, 'probes'> => ({
      probes: { startup: { path, period_ms: 500, failure_threshold: 2 }, readiness: { path, period_ms: 500 } },
    });
    const first = await release(scenario, 'v1', files.withoutStore('hello'), ROLLING, probed('/ready'));
    await scenario.deploy(first);
    await scenario.expectAlone(first);
    const unready = await release(scenario, 'v2', files.withoutStore('goodbye'), ROLLING, probed('/slow=60000'));
    const { result, load } = await scenario.underLoad(() => scenario.run(scenario.target.deploySteps(unready)));
    expect(result).toMatchObject({
      outcome: 'failed',
      summary: expect.stringMatching(/does not pass its startup probe|replicas ready after/),
    });
    expect(load.failures).toEqual([]);
    expect([...load.versions.keys()]).toEqual(['v1']);
    await scenario.expectAlone(first);
  });
});
