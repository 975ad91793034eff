import { setTimeout as delay } from 'node:timers/promises';
import type { Recorded } from '@slipway/event-sourcing';
import type { PostgresServer } from '@slipway/testing';
import type { ExecutorProcess } from './testing/executor-process.fixture';
import { slotOf } from './testing/drafts.fixture';
import { ExecutorPlatform } from './testing/executor-platform.fixture';

const DEPLOYMENTS = Number(process.env['EXECUTOR_CHAOS_DEPLOYMENTS'] ?? 6);
const SEED = Number(process.env['EXECUTOR_CHAOS_SEED'] ?? 1);
const REPLICAS = 2;
jest.setTimeout(60_000 + DEPLOYMENTS * 60_000);

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

let platform: ExecutorPlatform;
beforeAll(async () => {
  platform = await ExecutorPlatform.start({ alone: true });
});
afterAll(() => platform?.stop());

it(`whatever dies, and when (seed ${SEED}): every release ends applied, nothing happens twice, the slot runs what the log says`, async () => {
  const random = numbers(SEED);
  let living: ExecutorProcess[] = [await platform.executor(), await platform.executor()];
  const deaths: Record<string, () => Promise<void>> = {
    executor: async () => {
      await living.shift()!.end('SIGKILL');
      living.push(await platform.executor());
    },
    'every executor': async () => {
      await Promise.all(living.map((executor) => executor.end('SIGKILL')));
      living = [await platform.executor(), await platform.executor()];
    },
    nats: async () => {
      await platform.nats.kill();
      await platform.nats.start();
    },
    postgres: async () => {
      const server = platform.database as PostgresServer;
      await server.kill();
      await server.start();
    },
    host: async () => {
      const { pid } = await platform.runtime.ensureHost();
      process.kill(pid, 'SIGKILL');
    },
  };
  const names = Object.keys(deaths);
  const releases: Recorded[] = [];
  for (let round = 0; round < DEPLOYMENTS; round++) {
    const approved = await platform.approve({ version: `v${round}`, replicas: REPLICAS, slowMs: Math.round(random() * 400) });
    releases.push(approved);
    const victim = names[Math.floor(random() * names.length)]!;
    // What is random is when it dies; nothing is asserted on it.
    await delay(Math.round(random() * 1500));
    await deaths[victim]!();
    const end = await platform.end(platform.executionOf(approved), 60_000).catch((error: unknown) => {
      const log = living.map(({ log: lines }) => lines.slice(-6000)).join('\n');
      throw new Error(`v${round} does not end after the death of ${victim}: ${String(error)}\n${log}`);
    });
    expect({ round, victim, action: end.action, detail: end.detail }).toMatchObject({ action: 'execution.succeeded' });
    expect({ round, victim, starts: platform.starts()[`v${round}`] }).toEqual({ round, victim, starts: REPLICAS });
  }
  const slot = await platform.events('slot', slotOf());
  const deployed = slot.filter(({ action }) => action === 'slot.deployed').map(({ detail }) => detail['release_id']);
  expect(deployed).toEqual(releases.map(({ event }) => event.resource_id));
  const observed = await platform.runtime.observe(platform.access, slotOf());
  expect(observed.releaseId).toBe(deployed.at(-1));
  expect(observed.replicas.filter(({ state }) => state === 'running')).toHaveLength(REPLICAS);
});
