import type { Cannot, RuntimeHarness } from './harness';
import { Scenario } from './scenario';
import { ableTo, type Specify } from './specs';
import { ROLLING } from './strategies';

/** Admin processes of a release: its migration and its hooks. */
export function taskCases(it: Specify, harness: () => RuntimeHarness, cannot: Cannot): void {
  const command = (word: string): string[] => [...harness().taskCommand!(word)];
  const tasksIn = ({ log }: Scenario): string[] => log.flatMap((line) => /task (\w+)/.exec(line)?.[1] ?? []);

  ableTo(
    it,
    cannot,
    'run-tasks',
  )('runs the migration and the hooks, each once and in order, around the update', async () => {
    const scenario = new Scenario(harness());
    const tasks = {
      migration: { command: command('migration'), one_way: false },
      hooks: { before: [{ name: 'early', command: command('early') }], after: [{ name: 'late', command: command('late') }] },
    };
    const first = await scenario.release('v1', ROLLING, 'well', tasks);
    expect((await scenario.plan(first, await scenario.observe())).actions.filter(({ verb }) => verb === 'run')).toHaveLength(3);
    await scenario.deploy(first);
    expect(tasksIn(scenario)).toEqual(['migration', 'early', 'late']);
    await scenario.expectAlone(first);
  });

  ableTo(
    it,
    cannot,
    'run-tasks',
  )('changes nothing else when the migration fails, and says how it failed', async () => {
    const scenario = new Scenario(harness());
    const first = await scenario.release('v1', ROLLING);
    await scenario.deploy(first);
    const bad = await scenario.release('v2', ROLLING, 'well', { migration: { command: command('failing'), one_way: true } });
    const result = await scenario.run(scenario.target.deploySteps(bad));
    expect(result).toMatchObject({ outcome: 'failed', step: 'migrate' });
    expect(`${result.summary} ${JSON.stringify(result.observed)}`).toMatch(/\b7\b/);
    await scenario.expectAlone(first);
  });

  ableTo(
    it,
    cannot,
    'run-tasks',
  )('runs at a rollback only the hooks that say so', async () => {
    const scenario = new Scenario(harness());
    const first = await scenario.release('v1', ROLLING, 'well', {
      migration: { command: command('migration'), one_way: false },
      hooks: {
        before: [{ name: 'always', command: command('always'), on_rollback: true }],
        after: [{ name: 'late', command: command('late') }],
      },
    });
    await scenario.deploy(first);
    await scenario.deploy(await scenario.release('v2', ROLLING));
    scenario.log.length = 0;
    expect(await scenario.run(scenario.target.restoreSteps(first))).toMatchObject({ outcome: 'succeeded' });
    expect(tasksIn(scenario)).toEqual(['always']);
    await scenario.expectAlone(first);
  });
}
