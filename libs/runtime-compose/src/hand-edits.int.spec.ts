import { Scenario, specsOf, type ChangeInput, type DriftFinding } from '@slipway/runtime-target';
import { docker, lackOfDockerHost } from '@slipway/testing';
import { ComposeHarness } from './testing/compose-harness.fixture';
import { OwnFiles } from './testing/own-file.fixture';

jest.setTimeout(120_000);
const lack = lackOfDockerHost();
const suite = lack === undefined ? describe : describe.skip;

suite(`what somebody does at a Docker host behind the platform’s back${lack === undefined ? '' : ` (${lack})`}`, () => {
  let harness: ComposeHarness;
  beforeAll(async () => (harness = await ComposeHarness.start()));
  afterAll(() => harness.close());
  const it = specsOf(() => harness, { sideBySide: true });
  const files = new OwnFiles(() => harness);

  async function running(): Promise<{ scenario: Scenario; release: ChangeInput; web: string; store: string }> {
    const scenario = new Scenario(harness);
    const release = await files.release(scenario, 'v1', files.withStore('hello'));
    await scenario.deploy(release);
    expect(await scenario.target.drift(release)).toEqual([]);
    const { replicas } = await scenario.observe();
    const named = (process: string): string => replicas.find((replica) => replica.process === process)!.name;
    return { scenario, release, web: named('web'), store: named('store') };
  }
  const edits: readonly (readonly [string, (name: string, scenario: Scenario) => string[], Partial<DriftFinding>])[] = [
    [
      'stops',
      (name) => ['stop', '-t', '1', name],
      { kind: 'missing', detail: expect.stringMatching(/^it was stopped, with exit code/) as never },
    ],
    ['removes', (name) => ['rm', '-f', name], { kind: 'missing', detail: expect.stringMatching(/^it was removed/) as never }],
    ['pauses', (name) => ['pause', name], { kind: 'changed', detail: 'it is paused' }],
    [
      'gives less memory to',
      (name) => ['update', '--memory', '96m', '--memory-swap', '96m', name],
      { kind: 'changed', detail: 'memory limit in bytes: wanted 0, found 100663296' },
    ],
    [
      'no longer has restarted',
      (name) => ['update', '--restart', 'no', name],
      { kind: 'changed', detail: 'restart policy: wanted unless-stopped, found no' },
    ],
    [
      'takes off a network',
      (name, { slotId }) => ['network', 'disconnect', harness.names(slotId).kept, name],
      { kind: 'changed', detail: expect.stringMatching(/^it was taken off the network /) as never },
    ],
  ];
  for (const [does, command, finding] of edits) {
    for (const what of ['web', 'store'] as const) {
      it(`${does} ${what}: named, and healed by the same release applied again`, async () => {
        const { scenario, release, ...names } = await running();
        await docker(...command(names[what], scenario));
        expect(await scenario.target.drift(release)).toContainEqual({ what: names[what], ...finding });
        const again = await files.release(scenario, 'v2', files.withStore('hello'));
        const { actions } = await scenario.plan(again, await scenario.observe());
        const told = actions.filter(
          ({ verb, kind, summary }) => verb === 'recreate' && kind === 'container' && summary.includes('by hand'),
        );
        expect(told.map(({ name }) => name)).toEqual([what === 'store' ? 'store' : names.web]);
        await scenario.deploy(again);
        expect(await scenario.target.drift(again)).toEqual([]);
        await scenario.expectAlone(again);
      });
    }
  }

  it('renames: named by both names', async () => {
    const { scenario, release, web } = await running();
    await docker('rename', web, `${web}-mine`);
    const detail = `name: wanted ${web}, found ${web}-mine`;
    expect(await scenario.target.drift(release)).toEqual([{ kind: 'changed', what: `${web}-mine`, detail }]);
  });

  it('is told at once, as what it was: a removal is not a crash', async () => {
    const { scenario, web } = await running();
    const told: DriftFinding[] = [];
    const stop = scenario.target.watch(harness.access, (slotId, findings) => void (slotId === scenario.slotId && told.push(...findings)));
    try {
      await docker('rm', '-f', web);
      await scenario.until('the removal was told', () => Promise.resolve(told.length > 0));
      expect(told[0]).toMatchObject({ kind: 'missing', what: web, detail: expect.stringMatching(/^it was removed \(/) as never });
      expect(told).toHaveLength(1);
    } finally {
      stop();
    }
  });

  it('the slot’s proxy: why nothing is reached is said in a line, and the same release applied again brings it back', async () => {
    const { scenario, release } = await running();
    await docker('rm', '-f', harness.names(scenario.slotId).proxyContainer);
    expect(await scenario.target.drift(release)).toContainEqual(expect.objectContaining({ kind: 'missing', what: 'slot proxy' }));
    const { summary } = await scenario.target.diagnose(harness.access, scenario.slotId);
    expect(summary).toMatch(/^The slot's proxy was removed: nothing reaches the containers/);
    const again = await files.release(scenario, 'v2', files.withStore('hello'));
    await scenario.deploy(again);
    await scenario.expectAlone(again);
  });
});
