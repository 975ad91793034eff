import type { Recorded } from '@slipway/event-sourcing';
import { eventually } from '@slipway/testing';
import type { ExecutorProcess } from './testing/executor-process.fixture';
import { slotOf } from './testing/drafts.fixture';
import { ExecutorPlatform } from './testing/executor-platform.fixture';

jest.setTimeout(180_000);
let platform: ExecutorPlatform;
beforeAll(async () => {
  platform = await ExecutorPlatform.start();
});
afterAll(() => platform?.stop());

const REPLICAS = 3;
let versions = 0;

/** A release whose rolling update is under way in the executor: its first replica was started, and is not ready yet. */
async function underWay(): Promise<{ approved: Recorded; id: string; version: string }> {
  const version = `v${++versions}`;
  const approved = await platform.approve({ version, replicas: REPLICAS, slowMs: 700 });
  await eventually(() => (platform.starts()[version] ?? 0) > 0, { timeoutMs: 60_000 });
  return { approved, id: platform.executionOf(approved), version };
}

/** It ended applied, each of its processes was started once, and the slot runs it alone. */
async function appliedOnce(id: string, version: string): Promise<void> {
  expect(await platform.end(id, 60_000)).toMatchObject({ action: 'execution.succeeded' });
  expect(platform.starts()[version]).toBe(REPLICAS);
  const deployed = (await platform.events('slot', slotOf())).filter(({ detail }) => detail['artifact_version'] === version);
  expect(deployed).toHaveLength(1);
  const { replicas } = await platform.runtime.observe(platform.access, slotOf());
  const running = replicas.filter(({ state }) => state === 'running');
  expect(running).toHaveLength(REPLICAS);
  expect(new Set(running.map(({ releaseId }) => releaseId)).size).toBe(1);
}

const attemptsOf = async (id: string): Promise<unknown[]> =>
  (await platform.events('execution', id))
    .filter(({ action }) => action === 'execution.claimed')
    .map(({ detail }) => detail['executor_id']);

async function replacing(executor: ExecutorProcess): Promise<ExecutorProcess> {
  await executor.end('SIGKILL');
  return platform.executor();
}

it('kill -9 in the middle of a rollout: the next executor ends it, no process is started twice', async () => {
  const first = await platform.executor();
  const { id, version } = await underWay();
  await replacing(first);
  await appliedOnce(id, version);
  expect(new Set(await attemptsOf(id)).size).toBe(2);
});

it('kill -9 with another executor alive: that one takes over', async () => {
  const spare = await platform.executor();
  const victim = platform.executors.at(-2)!;
  const { id, version } = await underWay();
  const holder = String((await attemptsOf(id))[0]);
  const holding = [victim, spare].find((executor) => executor.log.includes(holder)) ?? victim;
  await holding.end('SIGKILL');
  await appliedOnce(id, version);
  if (holding === victim) return;
  await victim.end('SIGKILL');
});

it('stopped and continued after it was taken over: it touches nothing and writes nothing', async () => {
  for (const executor of platform.executors) await executor.end('SIGKILL');
  const stopped = await platform.executor();
  const { id, version } = await underWay();
  stopped.signal('SIGSTOP');
  await platform.executor();
  await appliedOnce(id, version);
  const before = await platform.events('execution', id);
  stopped.signal('SIGCONT');
  await eventually(
    () => stopped.has('execution was taken over by another executor') || stopped.has('execution left for the next executor'),
    {
      timeoutMs: 30_000,
    },
  );
  expect(await platform.events('execution', id)).toEqual(before);
  expect(platform.starts()[version]).toBe(REPLICAS);
});

it('SIGTERM in the middle of a rollout: ends in order, hands over, and what runs goes on', async () => {
  const executor = platform.executors.at(-1)!;
  const { id, version } = await underWay();
  const [, code] = await Promise.all([platform.executor(), executor.end('SIGTERM')]);
  expect(code).toBe(0);
  await appliedOnce(id, version);
  // The drain may have reached the end by itself; otherwise one other goes on.
  expect([1, 2]).toContain(new Set(await attemptsOf(id)).size);
  expect(platform.starts()[version]).toBe(REPLICAS);
});

it('nats-server killed in the middle of a rollout: it goes on when that is back', async () => {
  const { id, version } = await underWay();
  await platform.nats.kill();
  await platform.nats.start();
  await appliedOnce(id, version);
});

it('an approval that comes while no executor lives is carried out by the next', async () => {
  for (const executor of platform.executors) await executor.end('SIGKILL');
  const approved = await platform.approve({ version: 'waited', replicas: REPLICAS });
  await platform.executor();
  await appliedOnce(platform.executionOf(approved), 'waited');
});
