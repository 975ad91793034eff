import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jetstream } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import {
  BUCKETS,
  logSubject,
  serviceId,
  SlipwayError,
  STREAMS,
  type LogLine,
  type ReleaseSubject,
  type StrategyInput,
} from '@slipway/contracts';
import { eventually } from '@slipway/testing';
import { Client } from 'pg';
import { SCHEMA } from './runtime-executor.schema';
import { ENVIRONMENT, PROJECT, slotOf, TARGET } from './testing/drafts.fixture';
import { ExecutorPlatform } from './testing/executor-platform.fixture';
import { sampleManifest } from './testing/sample-service.fixture';

jest.setTimeout(120_000);
let platform: ExecutorPlatform;
beforeAll(async () => {
  platform = await ExecutorPlatform.start();
  await platform.executor();
});
afterAll(() => platform?.stop());

const urlOf = async (service?: string): Promise<string> => (await platform.call('get-slot', { id: slotOf(service) })).url!;
const served = async (service?: string): Promise<string> => (await fetch(await urlOf(service))).text();
const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'not refused',
    (error: unknown) => (error instanceof SlipwayError ? error.code : String(error)),
  );

async function logOf(runId: string): Promise<LogLine[]> {
  const consumer = await jetstream(platform.connection).consumers.get(STREAMS.logs, { filter_subjects: [logSubject(runId)] });
  const lines: LogLine[] = [];
  for (;;) {
    const message = await consumer.next({ expires: 1000 });
    if (!message) return lines;
    lines.push(message.json<LogLine>());
    if (message.info.pending === 0) return lines;
  }
}

describe('a release', () => {
  it('is brought into its slot, serves, and replaces the one before without a failed request', async () => {
    const first = await platform.deployed({ version: 'v1' });
    expect(first.end).toMatchObject({ action: 'execution.succeeded', detail: { changed: true } });
    expect(await served()).toBe('v1');
    const url = await urlOf();
    const statuses = new Set<number>();
    let over = false;
    const traffic = (async () => {
      while (!over) statuses.add((await fetch(url)).status);
    })();
    await platform.deployed({ version: 'v2' });
    over = true;
    await traffic;
    expect([...statuses]).toEqual([200]);
    expect(await served()).toBe('v2');
  });

  it('that fails its health check is diagnosed, and taken back by the rollback that follows', async () => {
    const before = await platform.call('get-slot', { id: slotOf() });
    const { approved, end } = await platform.deployed({ version: 'v3', fault: 'unhealthy' });
    expect(end).toMatchObject({
      action: 'execution.failed',
      detail: { outcome: 'failed', restored: false, diagnostics: { step: 'verify', outcome: 'failed' } },
    });
    const rollback = await platform.requestRollback(approved.event.resource_id, before.release_id!, true);
    expect(await platform.end(platform.executionOf(rollback, 'rollback'))).toMatchObject({ action: 'execution.succeeded' });
    expect(await served()).toBe(before.artifact_version);
  });

  it('that does not start leaves the one before serving, and says what the process wrote', async () => {
    const before = await served();
    const { approved, end } = await platform.deployed({ version: 'v4', fault: 'dies' });
    expect(end).toMatchObject({ action: 'execution.failed', detail: { outcome: 'failed', restored: true } });
    expect(JSON.stringify(end.detail['diagnostics'])).toContain('cannot go on');
    expect(JSON.stringify(end.detail['diagnostics'])).toContain('code 3');
    expect((await logOf(platform.executionOf(approved))).map(({ line }) => line).join('\n')).toContain('cannot go on');
    expect(await served()).toBe(before);
  });

  it('gets its secrets, and no log or event holds them', async () => {
    const value = 'correct-horse-battery';
    await platform.call('put-secret', { environment: ENVIRONMENT, name: 'password', value });
    const pin = await platform.call('pin-secret', { project_id: PROJECT, environment_id: ENVIRONMENT, name: 'password' });
    const { approved, end } = await platform.deployed({ version: 's1', service: 'secretive', variables: { PASSWORD: pin }, fault: 'dies' });
    expect(end.action).toBe('execution.failed');
    const log = await logOf(platform.executionOf(approved));
    const events = await platform.events('execution', platform.executionOf(approved));
    expect(JSON.stringify(log)).toContain('the password is [redacted]');
    expect(JSON.stringify([log, events])).not.toContain(value);
    expect(platform.executors[0]!.log).not.toContain(value);
    const listed = await platform.call('list-secrets', { environment: ENVIRONMENT });
    expect(listed.items).toMatchObject([{ name: 'password', version: 1, fingerprint: pin.fingerprint, updated_by: 'ada' }]);
    expect(JSON.stringify(listed)).not.toContain(value);
  });
});

describe('a canary', () => {
  const strategy: StrategyInput = { type: 'canary', steps: [{ percent: 10, duration_ms: 200 }], on_inconclusive: 'pause' };
  const told = (releaseId: string, action: 'release.resumed' | 'release.cancel_requested', id: string) =>
    platform.say('release', releaseId, { action, status: 'applying', detail: { execution_id: id, reason: null } }, 'bob');

  it('pauses when nobody comes, and goes on when somebody says so', async () => {
    await platform.deployed({ version: 'c1', service: 'canary' });
    const approved = await platform.approve({ version: 'c2', service: 'canary', strategy });
    const id = platform.executionOf(approved);
    await platform.until('execution', id, 'execution.paused');
    await eventually(async () => (await platform.call('get-environment-lock', { environment: ENVIRONMENT })).held === false);
    const inUse = await platform.call('get-target-use', { project_id: PROJECT, target_id: TARGET });
    expect(inUse.executed).toEqual([{ release_id: approved.event.resource_id, act: 'apply' }]);
    expect(inUse.running).toContainEqual(expect.objectContaining({ service_name: 'canary', artifact_version: 'c1' }));
    await told(approved.event.resource_id, 'release.resumed', id);
    expect((await platform.end(id)).action).toBe('execution.succeeded');
    expect(await served('canary')).toBe('c2');
  });

  it('that is cancelled in a pause gives everything back', async () => {
    const approved = await platform.approve({ version: 'c3', service: 'canary', strategy });
    const id = platform.executionOf(approved);
    await platform.until('execution', id, 'execution.paused');
    await told(approved.event.resource_id, 'release.cancel_requested', id);
    expect(await platform.end(id)).toMatchObject({ action: 'execution.failed', detail: { outcome: 'aborted', restored: true } });
    expect(await served('canary')).toBe('c2');
  });

  it('that is cancelled while it runs stops at once', async () => {
    const slow: StrategyInput = { type: 'canary', steps: [{ percent: 10, duration_ms: 600_000 }] };
    const approved = await platform.approve({ version: 'c4', service: 'canary', strategy: slow });
    const id = platform.executionOf(approved);
    await eventually(async () => (await logOf(id)).some(({ line }) => line.includes('watching it')));
    const lock = await platform.call('get-environment-lock', { environment: ENVIRONMENT });
    expect(lock).toMatchObject({ held: true, execution_id: id, release_id: approved.event.resource_id });
    expect(lock.reason).toContain('apply of canary c4 in dev');
    await told(approved.event.resource_id, 'release.cancel_requested', id);
    expect(await platform.end(id)).toMatchObject({ detail: { outcome: 'aborted', restored: true, diagnostics: { step: 'canary-1' } } });
    expect(await served('canary')).toBe('c2');
  });
});

describe('drift', () => {
  it('is noticed when a process is killed, and so is its repair', async () => {
    await platform.deployed({ version: 'd1', service: 'drifting' });
    const slot = slotOf('drifting');
    await eventually(async () => (await platform.call('get-slot', { id: slot })).drift === 'none');
    const { replicas } = await platform.call('get-slot-status', { id: slot });
    expect(replicas.filter(({ ready }) => ready)).toHaveLength(2);
    process.kill(replicas[0]!.pid!, 'SIGKILL');
    const drifted = await platform.until('slot', slot, 'slot.drifted');
    expect(drifted.detail).toMatchObject({ findings: [expect.objectContaining({ kind: 'missing' })] });
    await platform.until('slot', slot, 'slot.healed');
    await eventually(async () => (await platform.call('get-slot', { id: slot })).drift === 'none');
  });
});

describe('a look at a slot', () => {
  const id = slotOf('drifting');
  const said = 'the password is in the open';
  beforeAll(async () => {
    await platform.deployed({ version: 'd2', service: 'drifting', variables: { PASSWORD: 'in the open' } });
  });

  it('tells how its processes are, and what they wrote last', async () => {
    const { summary, replicas } = await platform.call('get-slot-diagnosis', { id });
    expect(summary).not.toBe('');
    expect(replicas.map(({ process: name, ready, restarts, last_lines }) => ({ name, ready, restarts, last_lines }))).toEqual(
      [1, 2].map(() => ({ name: 'web', ready: true, restarts: 0, last_lines: [said] })),
    );
  });

  it('reads the last lines of each replica, or follows them until they are taken no more', async () => {
    const { lines } = await platform.call('get-slot-logs', { id, tail: 1 });
    expect(lines.map(({ process: name, line }) => `${name}: ${line}`)).toEqual([`web: ${said}`, `web: ${said}`]);
    expect(new Set(lines.map(({ replica }) => replica)).size).toBe(2);
    const { lines: none } = await platform.call('get-slot-logs', { id, process: 'worker' });
    expect(none).toEqual([]);
    const { session } = await platform.call('get-slot-log-session', { id, replica: lines[0]!.replica });
    const followed = await platform.takeLog(session);
    expect(followed).toEqual({ lines: [expect.objectContaining({ replica: lines[0]!.replica, line: said })], ended: false });
  });

  it('compares it on demand with what should run: the file that was changed by hand is named', async () => {
    const { artifact_digest } = await platform.call('get-slot', { id });
    const path = join(platform.directory, 'runtime', 'artifacts', artifact_digest!.slice('sha256:'.length), 'server.mjs');
    const before = readFileSync(path, 'utf8');
    chmodSync(path, 0o644);
    writeFileSync(path, `${before}// quickly mended`);
    const drifted = await platform.call('check-slot-drift', { id });
    expect(drifted).toMatchObject({ drift: 'drifted', findings: [{ kind: 'changed', what: 'server.mjs' }] });
    writeFileSync(path, before);
    expect(await platform.call('check-slot-drift', { id })).toMatchObject({ drift: 'none', findings: [] });
  });

  it('is for those who may see it', async () => {
    for (const verb of ['get-slot-diagnosis', 'get-slot-logs', 'get-slot-log-session', 'check-slot-drift'] as const) {
      expect(await refusal(platform.call(verb, { id }, { projects: ['other'] }))).toBe('unknown_resource');
      expect(await refusal(platform.call(verb, { id }, { permissions: [] }))).toBe('forbidden');
    }
  });
});

describe('a slot', () => {
  it('is held and resumed, by who may', async () => {
    const id = slotOf();
    const viewer = { permissions: ['deploy:release:read' as const] };
    expect(await refusal(platform.call('hold-slot', { id, reason: 'incident' }, viewer))).toBe('forbidden');
    expect(await refusal(platform.call('hold-slot', { id, reason: 'incident' }, { projects: ['other'] }))).toBe('unknown_resource');
    expect(await platform.call('hold-slot', { id, reason: 'incident' })).toMatchObject({ hold: { by: 'ada', reason: 'incident' } });
    expect(await refusal(platform.call('hold-slot', { id, reason: 'another' }))).toBe('slot_held');
    const held = await platform.deployed({ version: 'v5' });
    expect(held.end).toMatchObject({ action: 'execution.abandoned', detail: { code: 'slot_held' } });
    expect(await platform.call('resume-slot', { id })).toMatchObject({ hold: null });
    expect(await refusal(platform.call('resume-slot', { id }))).toBe('slot_not_held');
  });

  it('tells as of which position it is, so that what its reader asks elsewhere is no older', async () => {
    const quiet = { id: slotOf('canary') };
    const { position } = (await platform.store.head({ projectId: PROJECT, type: 'slot', ...quiet }))!;
    const [listing, getting, looking] = [platform.as(), platform.as(), platform.as()];
    await listing.call('list-slots', { service: serviceId(PROJECT, 'canary') }, { minPosition: position });
    await getting.call('get-slot', quiet, { minPosition: position });
    await looking.call('get-slot-status', quiet);
    expect([listing.position, getting.position, looking.position]).toEqual([position, position, position]);
  });

  it('is listed with what runs in it, to who may see it', async () => {
    const { items } = await platform.call('list-slots', { project: PROJECT, limit: 1 });
    expect(items).toHaveLength(1);
    expect((await platform.call('list-slots', {})).items.map(({ service_name: name }) => name)).toEqual(['canary', 'drifting', 'web']);
    expect((await platform.call('list-slots', {}, { projects: ['other'] })).items).toEqual([]);
    expect(await refusal(platform.call('get-slot', { id: slotOf('nothing') }))).toBe('unknown_resource');
  });
});

describe('planning', () => {
  const request = (): Parameters<typeof platform.call<'plan-release'>>[1] => ({
    subject: {
      service_id: 'svc',
      service_name: 'web',
      artifact_version: 'v9',
      artifact_digest: `sha256:${'0'.repeat(64)}`,
      environment_id: ENVIRONMENT,
      target_id: TARGET,
      slot_id: slotOf(),
      strategy: { type: 'rolling' },
      variables: {},
    } as unknown as ReleaseSubject,
    project_id: PROJECT,
    runtime_type: 'process',
    connection: { host: '127.0.0.1', port_from: 21_000, port_to: 21_100 },
    credential: null,
    artifact_manifest: sampleManifest({ version: 'v9', ledger: '/dev/null' }),
  });

  it('shows what would happen to what runs now, and changes nothing', async () => {
    const before = platform.starts();
    const plan = await platform.call('plan-release', request());
    expect(plan.actions.map(({ verb }) => verb)).toContain('recreate');
    expect(plan.diff).toContainEqual(expect.objectContaining({ op: 'replace', path: '/artifact/version', after: 'v9' }));
    expect(platform.starts()).toEqual(before);
  });

  it('is for who may apply there', async () => {
    expect(await refusal(platform.call('plan-release', request(), { permissions: ['deploy:release:read'] }))).toBe('forbidden');
    expect(await refusal(platform.call('plan-release', request(), { environments: ['elsewhere'] }))).toBe('unknown_resource');
  });
});

describe('what is sealed', () => {
  const remaining = async (): Promise<string[]> => {
    const bucket = await new Kvm(platform.connection).open(BUCKETS.secrets);
    const found: string[] = [];
    for await (const key of await bucket.keys(`${PROJECT}.*.*.*`)) found.push(key);
    return found.sort();
  };

  it('for a target or an environment is gone once that was deleted, and no other is', async () => {
    const bucket = await new Kvm(platform.connection).open(BUCKETS.secrets);
    const before = await remaining();
    const kept = [`${PROJECT}.credential.tgt-other.1`, `${PROJECT}.env-other.token.head`];
    const forgotten = ['credential.tgt-one.1', 'credential.tgt-one.2', 'prometheus.tgt-one.1', 'env-one.token.1', 'env-one.token.head'];
    for (const key of [...kept, ...forgotten.map((name) => `${PROJECT}.${name}`)]) await bucket.create(key, '{}');
    const detail = { reason: '' };
    await platform.say('target', 'tgt-one', { action: 'target.deleted', status: 'deleted', environmentId: 'env-one', detail });
    await platform.say('environment', 'env-one', { action: 'environment.deleted', status: 'deleted', environmentId: 'env-one', detail });
    const left = [...before, ...kept].sort();
    expect(await eventually(async () => (await remaining()).length === left.length && (await remaining()))).toEqual(left);
  });
});

describe('read models', () => {
  const rows = async (): Promise<unknown> => {
    const client = new Client({ connectionString: platform.database.url });
    await client.connect();
    try {
      const found: unknown[] = [];
      for (const table of ['executions', 'slots', 'environments']) {
        found.push((await client.query(`SELECT * FROM ${SCHEMA}.${table} ORDER BY 1`)).rows);
      }
      return found;
    } finally {
      await client.end();
    }
  };

  it('are rebuilt to the same rows while they serve', async () => {
    const before = await rows();
    for (const name of ['execution-list', 'slot-list', 'environment-list']) {
      await platform.call('rebuild-projection', { name });
      expect((await platform.call('list-slots', {})).items).toHaveLength(3);
      await eventually(async () => {
        const { items } = await platform.call('list-projections', {});
        return items.every(({ state, lag }) => state === 'live' && lag === 0);
      });
    }
    expect(await rows()).toEqual(before);
  });

  it('are rebuilt by who governs', async () => {
    const viewer = { permissions: ['deploy:release:read' as const] };
    expect(await refusal(platform.call('rebuild-projection', { name: 'slot-list' }, viewer))).toBe('forbidden');
  });
});
