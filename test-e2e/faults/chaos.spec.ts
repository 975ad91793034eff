import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { TERMINAL_STATUSES, type ReleaseStatus } from '@slipway/contracts';
import { startPlatform, type Platform } from '@slipway/platform-driver';
import { eventually } from '@slipway/testing';
import { PersistentClient, Refused } from '../driver/persistent';
import { workloadProcesses } from '../driver/workload-processes';

/** The issue asks for 200; a quick look takes fewer. */
const DEPLOYMENTS = Number(process.env.SLIPWAY_CHAOS_DEPLOYMENTS ?? 200);
const VICTIMS = ['release', 'approval-inbox', 'provisioning', 'runtime-executor', 'audit', 'gateway', 'nats-server', 'postgres'] as const;
/** Environments that are deployed to at the same time, one release after the other in each. */
const LANES = ['dev', 'staging', 'prod', 'east', 'west', 'south', 'north', 'coast', 'hills', 'isles'] as const;
const MINUTES = 60_000;

interface Acknowledged {
  readonly releaseId: string;
  readonly slotId: string;
  readonly greeting: string;
  readonly environment: string;
}

let platform: Platform;
let developer: PersistentClient;
let approver: PersistentClient;
let stopped = false;
const kills = new Map<string, number>();
const acknowledged: Acknowledged[] = [];

function* atRandom<T>(items: readonly T[]): Generator<T, never> {
  for (;;) for (const left = [...items]; left.length > 0;) yield left.splice(randomInt(left.length), 1)[0]!;
}

/** Kills one process after another, each once the one before serves again: all in a random order, then all in another, once at least. */
async function killAtRandom(): Promise<void> {
  for (const victim of atRandom(VICTIMS)) {
    if (stopped && kills.size === VICTIMS.length) return;
    await platform.kill(victim);
    kills.set(victim, (kills.get(victim) ?? 0) + 1);
    await eventually(() => stopped || platform.supervisor.status().state === 'ready', { timeoutMs: 60_000, intervalMs: 100 });
    await delay(randomInt(1000, 3000));
  }
}

const ended = (status: string): boolean => TERMINAL_STATUSES.includes(status as ReleaseStatus);

async function deploy(environment: string, number: number): Promise<void> {
  const greeting = `${environment} ${number}`;
  const draft = await developer.post('/deploy/releases/preview', {
    project: 'demo',
    service: 'hello',
    artifact: number % 2 ? '1.0.0' : '2.0.0',
    environment,
    target: 'local',
    variables: { GREETING: greeting },
  });
  const path = `/deploy/releases/${draft.release_id}`;
  const release = await developer.post(`${path}/apply`, { preview_ref: draft.preview_ref });
  acknowledged.push({ releaseId: draft.release_id, slotId: draft.slot_id, greeting, environment });
  if (release.approval_ticket) await approver.post(`/approvals/inbox/${release.approval_ticket}/approve`);
  await eventually(async () => ended((await developer.get(path)).status), { timeoutMs: 3 * MINUTES, intervalMs: 100 });
}

/** Environments of this test's own beside those of the demo. */
async function addEnvironments(): Promise<void> {
  const admin = platform.api('admin');
  const { data } = await admin.GET('/api/v1/deploy/targets', { params: { query: { project: 'demo' } } });
  const { connection } = data!.items[0]!;
  const target = { project: 'demo', name: 'local', runtime_type: 'process', connection } as const;
  for (const name of LANES.slice(3)) {
    await admin.POST('/api/v1/environments', { params: {}, body: { project: 'demo', name, type: 'development', title: name } });
    await admin.POST('/api/v1/deploy/targets', { params: {}, body: { ...target, environment: name } });
  }
}

beforeAll(async () => {
  platform = await startPlatform();
  await addEnvironments();
  await platform.as('developer').push('1.0.0');
  await platform.as('developer').push('2.0.0', { replicas: 2 });
  developer = new PersistentClient(platform, 'developer', 3 * MINUTES);
  approver = new PersistentClient(platform, 'approver', 3 * MINUTES);
}, 2 * MINUTES);
afterAll(() => platform?.stop(), 2 * MINUTES);

it(
  `${DEPLOYMENTS} deployments with random kill -9 of every process: nothing acknowledged is lost, nothing happens twice`,
  async () => {
    const killer = killAtRandom();
    const lane = async (environment: string, index: number): Promise<void> => {
      for (let number = index; number < DEPLOYMENTS; number += LANES.length) await deploy(environment, number);
    };
    try {
      await Promise.all(LANES.map(lane));
    } finally {
      stopped = true;
      await killer;
    }
    await platform.ready();
    process.stderr.write(`  kills: ${JSON.stringify(Object.fromEntries(kills))}\n`);
    expect(acknowledged).toHaveLength(DEPLOYMENTS);

    for (const { releaseId } of acknowledged) {
      const view = await developer.get(`/deploy/releases/${releaseId}`);
      const { entries } = await developer.get<{ entries: { action: string }[] }>(`/deploy/releases/${releaseId}/timeline?limit=200`);
      const count = (action: string): number => entries.filter((entry) => entry.action === action).length;
      expect(count('release.previewed')).toBe(1);
      expect(count('release.approved')).toBe(1);
      expect(view.status).toBe('applied');
      expect(count('release.applied')).toBe(1);
      expect(count('slot.deployed')).toBe(1);
      expect(count('execution.succeeded')).toBe(1);
    }

    for (const environment of LANES) {
      const last = acknowledged.filter((release) => release.environment === environment).at(-1)!;
      const status = await developer.get(`/deploy/slots/${last.slotId}/status`);
      expect(status.release_id).toBe(last.releaseId);
      expect(await (await fetch(status.url)).text()).toBe(last.greeting);
      const expected = status.artifact_version === '1.0.0' ? 1 : 2;
      const known = new Set(acknowledged.filter(({ slotId }) => slotId === last.slotId).map(({ releaseId }) => releaseId));
      await eventually(() => {
        const running = workloadProcesses().filter((process) => known.has(process.releaseId));
        expect(running.map((process) => process.releaseId)).toEqual(Array.from({ length: expected }, () => last.releaseId));
        return true;
      });
    }
  },
  30 * MINUTES,
);

it('refuses for good what is wrong, also after all that', async () => {
  await expect(developer.post('/deploy/releases/preview', { project: 'demo' })).rejects.toBeInstanceOf(Refused);
});
