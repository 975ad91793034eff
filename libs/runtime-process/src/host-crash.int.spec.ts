import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ArtifactManifest } from '@slipway/contracts';
import { CANARY, Load, ROLLING, Scenario, until } from '@slipway/runtime-target';
import { findStrangers } from './host/orphans';
import { ProcessHarness } from './testing/process-harness';

jest.setTimeout(60_000);

/** What a caller may see while no host is there to answer: no connection. Never an answer that says failure. */
const NO_CONNECTION = /ECONNREFUSED|ECONNRESET|socket hang up|cut off|aborted/;

describe('a host that is killed', () => {
  let harness: ProcessHarness;
  beforeAll(() => {
    harness = new ProcessHarness();
  });
  afterAll(() => harness.close());

  const pidsOf = async (scenario: Scenario) => (await scenario.observe()).replicas.map(({ pid }) => pid).sort();
  const strangers = async (scenario: Scenario) => {
    const known = new Set((await pidsOf(scenario)).map(Number));
    return findStrangers(`${harness.dataDir}/slots`, known).filter(({ log }) => log.startsWith(`${scenario.slotId}/`));
  };

  it('comes back by itself while watched, adopts every replica and keeps port and routes', async () => {
    const scenario = new Scenario(harness);
    const first = await scenario.release('v1', ROLLING);
    await scenario.deploy(first);
    const before = await scenario.observe();
    const stop = harness.target.watch(harness.access, () => undefined);
    const load = new Load(await scenario.url());
    await until('requests pass', () => Promise.resolve(load.answered > 20));
    const killed = await harness.killHost();
    await until('a new host serves', async () => (await harness.another().ensureHost()).pid !== killed);
    const answered = load.answered;
    await until('requests pass again', () => Promise.resolve(load.answered > answered + 20));
    stop();
    const { failures } = await load.end();
    expect(failures.filter((failure) => !NO_CONNECTION.test(failure))).toEqual([]);
    const after = await scenario.observe();
    expect({ ...after, observedAt: '' }).toEqual({ ...before, observedAt: '' });
    expect(await strangers(scenario)).toEqual([]);
  });

  it.each([
    ['rolling', ROLLING],
    ['canary', CANARY],
  ] as const)('in the middle of a %s lets the same steps go on to the same end', async (_name, strategy) => {
    const scenario = new Scenario(harness);
    await scenario.deploy(await scenario.release('v1', strategy));
    const next = await scenario.release('v2', strategy);
    const load = new Load(await scenario.url());
    const running = scenario.deploy(next);
    await until('a new replica is there', async () =>
      (await scenario.observe()).replicas.some(({ releaseId }) => releaseId === next.releaseId),
    );
    await harness.killHost();
    await running;
    const { failures } = await load.end();
    expect(failures.filter((failure) => !NO_CONNECTION.test(failure))).toEqual([]);
    await scenario.expectAlone(next);
    expect(await strangers(scenario)).toEqual([]);
  });

  describe('while an admin process runs', () => {
    const ledger = (name: string): string => join(harness.dataDir, `${name}.ledger`);
    const written = (name: string): string => (existsSync(ledger(name)) ? readFileSync(ledger(name), 'utf8') : '');
    const slow = (name: string): string[] => [
      'node',
      '-e',
      `require('node:fs').appendFileSync('${ledger(name)}', 'x'); setTimeout(() => undefined, 1000)`,
    ];
    const interrupted = async (name: string, tasks: Pick<ArtifactManifest, 'migration' | 'hooks'>) => {
      const scenario = new Scenario(harness);
      const running = scenario.run(harness.target.deploySteps(await scenario.release('v1', ROLLING, 'well', tasks)));
      await until('it has begun', () => Promise.resolve(written(name) === 'x'));
      await harness.killHost();
      return running;
    };

    it('lets a migration, which is idempotent, run again', async () => {
      const result = await interrupted('migration', { migration: { command: slow('migration'), one_way: false } });
      expect([result.outcome, written('migration')]).toEqual(['succeeded', 'xx']);
    });

    it('says of a hook that it cannot be told, and does not run it twice', async () => {
      const result = await interrupted('hook', { hooks: { before: [{ name: 'mail', command: slow('hook') }] } });
      expect(result).toMatchObject({ outcome: 'errored', step: 'hook-before-mail' });
      expect(written('hook')).toBe('x');
    });

    it('lets whoever asks for the same effect attach to it', async () => {
      const scenario = new Scenario(harness);
      const release = await scenario.release('v1', ROLLING, 'well', { hooks: { before: [{ name: 'mail', command: slow('attached') }] } });
      const context = scenario.context();
      const both = [harness.target, harness.another()].map((target) => scenario.run(target.deploySteps(release), context));
      for (const { outcome } of await Promise.all(both)) expect(outcome).toBe('succeeded');
      expect(written('attached')).toBe('x');
    });
  });

  it('starts again what died while it was away, and tells a reader that was away too', async () => {
    const scenario = new Scenario(harness);
    const first = await scenario.release('v1', ROLLING);
    await scenario.deploy(first);
    const [victim] = (await scenario.observe()).replicas;
    await harness.killHost();
    process.kill(victim!.pid!, 'SIGKILL');
    await harness.target.ensureHost();
    await scenario.expectAlone(first);
    const seen: string[] = [];
    const stop = harness.another().watch(harness.access, (slotId, findings) => {
      if (slotId === scenario.slotId) seen.push(...findings.map(({ what }) => what));
    });
    await until('the loss is told', () => Promise.resolve(seen.includes(victim!.name)));
    stop();
    expect((await scenario.observe()).replicas.find(({ name }) => name === victim!.name)).toMatchObject({ restarts: 1, ready: true });
  });

  it('is started once, however many need it', async () => {
    await harness.killHost();
    const answers = await Promise.all(Array.from({ length: 6 }, () => harness.another().ensureHost()));
    expect(new Set(answers.map(({ pid }) => pid)).size).toBe(1);
  });

  it('refuses an old fence also after it came back', async () => {
    const scenario = new Scenario(harness);
    const stale = scenario.context();
    await scenario.deploy(await scenario.release('v1', ROLLING));
    await harness.killHost();
    const steps = harness.target.deploySteps(await scenario.release('v2', ROLLING));
    await expect(steps[0]!.run(stale)).rejects.toMatchObject({ code: 'stale_fence' });
  });

  it('stopped without its workloads, brings them back on the same port', async () => {
    const scenario = new Scenario(harness);
    const first = await scenario.release('v1', ROLLING);
    await scenario.deploy(first);
    const [url, pids] = [await scenario.url(), await pidsOf(scenario)];
    await harness.another().stopHost({ keepWorkloads: false });
    for (const pid of pids) expect(() => process.kill(pid!, 0)).toThrow('ESRCH');
    await harness.target.ensureHost();
    await scenario.expectAlone(first);
    expect(await scenario.url()).toBe(url);
    expect(await pidsOf(scenario)).not.toEqual(pids);
  });

  it('stopped with its workloads left, finds them again', async () => {
    const scenario = new Scenario(harness);
    await scenario.deploy(await scenario.release('v1', ROLLING));
    const pids = await pidsOf(scenario);
    await harness.another().stopHost({ keepWorkloads: true });
    await harness.target.ensureHost();
    expect(await pidsOf(scenario)).toEqual(pids);
  });
});
