import { defaultPolicy, environmentId, PERMISSIONS, targetId, type EnvironmentView, type TargetConnection } from '@slipway/contracts';
import { CommandRunner, testContext } from '@slipway/event-sourcing';
import { JetStreamEventStore } from '@slipway/event-store-jetstream';
import { eventually } from '@slipway/testing';
import { DataSource } from 'typeorm';
import { InboxVoice } from './inbox-voice.fixture';
import { startProvisioning, type Caller, type ProvisioningUnderTest } from './provisioning.fixture';
import { TargetAggregate } from './target/domain/target.state';

describe('provisioning', () => {
  let service: ProvisioningUnderTest;
  let admin: Caller;
  let inbox: InboxVoice;
  let names = 0;
  const newProject = async (): Promise<string> => {
    const name = `shop-${++names}`;
    await admin.call('create-project', { name });
    return name;
  };

  beforeAll(async () => {
    service = await startProvisioning();
    admin = service.as('admin');
    inbox = await InboxVoice.open(service);
  }, 60_000);
  afterAll(async () => {
    await service?.stop();
  });

  it('creates, changes, reads and lists a project, each seen at once by its writer', async () => {
    const created = await admin.call('create-project', { name: 'alpha', title: 'Alpha', team: 'web' });
    expect(created).toMatchObject({ project_id: 'alpha', name: 'alpha', title: 'Alpha', team_id: 'web' });
    expect((await admin.call('list-projects', { project: 'alpha' })).items).toEqual([created]);
    const updated = await admin.call('update-project', { id: 'alpha', title: 'Alpha 2' });
    expect(await admin.call('get-project', { id: 'alpha' })).toEqual(updated);
    expect((await admin.call('list-projects', { project: 'alpha' })).items).toEqual([updated]);
  });

  it('lists by page, in order, without gaps or repeats', async () => {
    const project = await newProject();
    for (const name of ['e', 'b', 'd', 'a', 'c']) await admin.call('create-environment', { project, name, type: 'development' });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await admin.call('list-environments', { project, limit: 2, cursor });
      seen.push(...page.items.map((item) => item.name));
      cursor = page.next_cursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
    await expect(admin.call('list-environments', { project, cursor: 'rubbish' })).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('gives an environment the policy of its type, by name or by id, and changes it in part', async () => {
    const project = await newProject();
    const prod = await admin.call('create-environment', { project, name: 'prod', type: 'production' });
    expect(prod).toMatchObject({ environment_id: environmentId(project, 'prod'), policy: defaultPolicy('production'), version: 1 });
    expect(await admin.call('get-environment', { id: 'prod', project })).toEqual(prod);
    expect(await admin.call('get-environment', { id: prod.environment_id })).toEqual(prod);
    await expect(admin.call('get-environment', { id: 'prod' })).rejects.toMatchObject({ code: 'invalid_reference' });
    const staging = await admin.call('create-environment', { project, name: 'stage', type: 'staging' });
    const changed = await admin.call('change-environment-policy', { id: staging.environment_id, policy: { quorum: 2 }, reason: 'audit' });
    expect(changed).toMatchObject({ policy: { ...defaultPolicy('staging'), quorum: 2 }, version: 2 });
    expect((await admin.call('list-environments', { project })).items).toEqual([prod, changed]);
  });

  it('changes the policy of production once the inbox approved it, as it was approved, or not at all', async () => {
    const project = await newProject();
    const { environment_id: id } = await admin.call('create-environment', { project, name: 'prod', type: 'production' });
    const propose = (quorum: number) => admin.call('change-environment-policy', { id, policy: { quorum }, reason: 'audit' });
    await expect(
      admin.call('change-environment-policy', { id, policy: { quorum: 2, approvers: ['ann'] }, reason: 'x' }),
    ).rejects.toMatchObject({
      code: 'invalid_request',
    });
    const [two, three] = [await propose(2), await propose(3)];
    expect(two).toMatchObject({ policy: { quorum: 1 }, version: 1 });
    const policyOf = async () => (await admin.call('get-environment', { id })).policy.quorum;
    await inbox.decide(project, two.policy_change!, true);
    await eventually(async () => (await policyOf()) === 2);
    // What was proposed on the policy of before is taken back, and an approval of it comes too late.
    await inbox.decide(project, three.policy_change!, true);
    const outcome = (change: { policy_change_id: string }) => eventually(() => inbox.outcomeOf(project, change.policy_change_id));
    expect(await outcome(two.policy_change!)).toMatchObject({ action: 'policy.applied', detail: { approved_by: ['ann'], version: 2 } });
    expect(await outcome(three.policy_change!)).toMatchObject({ action: 'policy.approval_withdrawn', detail: { cause: 'superseded' } });
    const four = await propose(4);
    await inbox.decide(project, four.policy_change!, false);
    expect(await outcome(four.policy_change!)).toMatchObject({ action: 'policy.refused', detail: { why: 'rejected', by: 'ann' } });
    expect(await policyOf()).toBe(2);
  });

  it('keeps every version of a policy: who changed what, why, approved by whom; and compares any two', async () => {
    const project = await newProject();
    const { environment_id: id } = await admin.call('create-environment', { project, name: 'prod', type: 'production' });
    const { policy_change } = await admin.call('change-environment-policy', { id, policy: { quorum: 2 }, reason: 'audit' });
    await inbox.decide(project, policy_change!, true);
    await eventually(async () => (await admin.call('get-environment', { id })).policy.quorum === 2);
    const staging = await admin.call('create-environment', { project, name: 'staging', type: 'staging' });
    const of = { id: staging.environment_id };
    await admin.call('change-environment-policy', { ...of, policy: { quorum: 3 }, reason: 'three' });
    await admin.call('change-environment-policy', { ...of, policy: { quorum: 1, four_eyes: false }, reason: 'alone' });
    const first = await admin.call('list-policy-versions', { ...of, limit: 2 });
    expect(first.items).toMatchObject([
      { version: 3, reason: 'alone', changed_by: 'admin', approved_by: [], ticket_id: null, policy: { quorum: 1, four_eyes: false } },
      { version: 2, reason: 'three', changes: [{ member: 'quorum', before: 1, after: 3 }] },
    ]);
    const rest = await admin.call('list-policy-versions', { ...of, limit: 2, cursor: first.next_cursor! });
    expect(rest).toMatchObject({ items: [{ version: 1, changes: [], policy: defaultPolicy('staging') }], next_cursor: null });
    const change = { member: 'four_eyes', before: true, after: false };
    expect(await admin.call('compare-policy-versions', { ...of, from: 1 })).toMatchObject({ from: 1, to: 3, changes: [change] });
    expect((await admin.call('compare-policy-versions', { ...of, from: 3, to: 2 })).changes).toHaveLength(2);
    await expect(admin.call('compare-policy-versions', { ...of, from: 9 })).rejects.toMatchObject({ code: 'unknown_resource' });
    const approved = await eventually(async () => {
      const { items } = await admin.call('list-policy-versions', { id });
      return items.length === 2 ? items[0] : undefined;
    });
    expect(approved).toMatchObject({ version: 2, changed_by: 'admin', approved_by: ['ann'], ticket_id: policy_change!.ticket_id });
    const stranger = service.as('viewer', { projects: ['elsewhere'] });
    await expect(stranger.call('list-policy-versions', of)).rejects.toMatchObject({ code: 'unknown_resource' });
  });

  it('closes and opens the gates of the platform, a project and an environment', async () => {
    const project = await newProject();
    const prod = await admin.call('create-environment', { project, name: 'prod', type: 'production' });
    const ofProd = { scope: 'environment', id: 'prod', project } as const;
    const window = { name: 'always', start: '2026-01-01T00:00', duration_s: 86_400, rrule: 'FREQ=DAILY', reason: 'closed shop' };
    const frozen = await admin.call('set-freeze-window', { ...ofProd, ...window });
    expect(frozen).toMatchObject({
      closed: true,
      code: 'frozen',
      closed_by: 'environment',
      environment_id: prod.environment_id,
      owner: 'admin',
    });
    await expect(admin.call('set-freeze-window', { ...ofProd, ...window, rrule: 'FREQ=NEVER' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
    const developer = service.as('developer');
    await expect(developer.call('set-freeze-window', { ...ofProd, ...window })).rejects.toMatchObject({ code: 'forbidden' });
    const stopped = await developer.call('stop-line', { scope: 'project', id: project, reason: 'incident 7' });
    expect(stopped).toMatchObject({ closed: true, code: 'line_stopped', owner: 'developer', stop: { owner: 'developer' } });
    expect(await admin.call('get-gate', ofProd)).toMatchObject({
      code: 'line_stopped',
      closed_by: 'project',
      stop: null,
      windows: [{ name: 'always' }],
      inherited: [{ scope: 'platform' }, { scope: 'project', stop: { reason: 'incident 7' } }],
    });
    await expect(developer.call('resume-line', { scope: 'project', id: project })).rejects.toMatchObject({ code: 'forbidden' });
    await admin.call('resume-line', { scope: 'project', id: project, reason: 'fixed' });
    expect(await admin.call('remove-freeze-window', { ...ofProd, name: 'always' })).toMatchObject({ closed: false, windows: [] });
    const bound = service.as('admin', { projects: [project] });
    await expect(bound.call('stop-line', { scope: 'platform', reason: 'x' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(bound.call('get-gate', { scope: 'environment', id: 'nowhere', project })).rejects.toMatchObject({
      code: 'unknown_resource',
    });
  });

  it('serves process targets with a default connection, names served runtimes otherwise', async () => {
    const project = await newProject();
    const dev = await admin.call('create-environment', { project, name: 'dev', type: 'development' });
    const target = await admin.call('create-target', { project, environment: 'dev', name: 'local', runtime_type: 'process' });
    expect(target).toMatchObject({
      target_id: targetId(dev.environment_id, 'local'),
      environment_id: dev.environment_id,
      connection: { host: '127.0.0.1', port_from: 20_000, port_to: 29_999 },
    });
    const again = admin.call('create-target', { project, environment: dev.environment_id, name: 'local', runtime_type: 'process' });
    await expect(again).rejects.toMatchObject({ code: 'already_exists' });
    const compose = admin.call('create-target', { project, environment: 'dev', name: 'other', runtime_type: 'compose' });
    await expect(compose).rejects.toMatchObject({ code: 'invalid_request', details: { field: 'connection' } });
    expect((await admin.call('list-targets', { project, environment: 'dev', runtime_type: 'process' })).items).toEqual([target]);
    expect((await admin.call('list-targets', { project, runtime_type: 'k8s' })).items).toEqual([]);
  });

  it('deletes an environment only without targets, and creates it again with its history going on', async () => {
    const project = await newProject();
    const dev = await admin.call('create-environment', { project, name: 'dev', type: 'development' });
    const target = await admin.call('create-target', { project, environment: 'dev', name: 'local', runtime_type: 'process' });
    const refused = admin.call('delete-environment', { id: dev.environment_id });
    await expect(refused).rejects.toMatchObject({ code: 'resource_in_use', details: { targets: ['local'] } });
    await admin.call('delete-target', { id: target.target_id });
    await admin.call('delete-environment', { id: dev.environment_id, reason: 'moved' });
    await expect(admin.call('get-environment', { id: dev.environment_id })).rejects.toMatchObject({ code: 'unknown_resource' });
    const update = admin.call('update-environment', { id: 'dev', project, title: 'x' });
    await expect(update).rejects.toMatchObject({ code: 'resource_deleted' });
    const create = admin.call('create-target', { project, environment: 'dev', name: 'local', runtime_type: 'process' });
    await expect(create).rejects.toMatchObject({ code: 'resource_deleted' });
    expect(await admin.call('create-environment', { project, name: 'dev', type: 'staging' })).toMatchObject({
      type: 'staging',
      version: 3,
    });
  });

  it('keeps the policy of a deleted environment, with its versions, against looser ones; and withdraws what was proposed for it', async () => {
    const project = await newProject();
    const strict = { project, name: 'prod', type: 'production', policy: { quorum: 2 } } as const;
    const { environment_id: id } = await admin.call('create-environment', strict);
    const { policy_change } = await admin.call('change-environment-policy', { id, policy: { quorum: 1 }, reason: 'haste' });
    await admin.call('delete-environment', { id });
    const withdrawn = await eventually(() => inbox.outcomeOf(project, policy_change!.policy_change_id));
    expect(withdrawn).toMatchObject({ action: 'policy.approval_withdrawn', detail: { why: 'The environment was deleted.' } });
    await expect(admin.call('create-environment', { project, name: 'prod', type: 'development' })).rejects.toMatchObject({
      code: 'approval_required',
      details: { type: 'production', policy: { quorum: 2 } },
    });
    await admin.call('create-environment', { ...strict, policy: { quorum: 3 } });
    const { items } = await admin.call('list-policy-versions', { id });
    expect(items).toMatchObject([
      { version: 2, changes: [{ member: 'quorum', before: 2, after: 3 }] },
      { version: 1, changes: [], policy: { quorum: 2 } },
    ]);
    const next = await admin.call('change-environment-policy', { id, policy: { quorum: 4 }, reason: 'audit' });
    await inbox.decide(project, next.policy_change!, true);
    await eventually(async () => (await admin.call('list-policy-versions', { id })).items[0]?.version === 3);
  });

  it('deletes a target only while nothing runs there, unless forced', async () => {
    const project = await newProject();
    await admin.call('create-environment', { project, name: 'dev', type: 'development' });
    const { target_id: id } = await admin.call('create-target', { project, environment: 'dev', name: 'local', runtime_type: 'process' });
    service.use.running.push({ service_name: 'hello', artifact_version: '1.2.0', release_id: 'rel-1' });
    await expect(admin.call('delete-target', { id })).rejects.toMatchObject({
      code: 'resource_in_use',
      message: expect.stringContaining('it runs hello 1.2.0'),
      details: { running: [{ service_name: 'hello' }], executed: [] },
    });
    await admin.call('delete-target', { id, force: true });
    service.use.running.pop();
    await expect(admin.call('get-target', { id })).rejects.toMatchObject({ code: 'unknown_resource' });
  });

  it('deletes a target only by who may act on its runtime', async () => {
    const project = await newProject();
    const { environment_id } = await admin.call('create-environment', { project, name: 'dev', type: 'development' });
    const id = targetId(environment_id, 'cluster');
    const connection = { server: 'https://k8s.example', namespace: 'shop', field_manager: 'slipway' };
    const detail = { name: 'cluster', environment_id, runtime_type: 'k8s' as const, connection: connection as TargetConnection };
    const runner = new CommandRunner(new JetStreamEventStore(await service.servers.connect('provisioning')));
    await runner.run(TargetAggregate, { projectId: project, type: 'target', id }, testContext(), () => [
      { action: 'target.created', status: 'active', environmentId: environment_id, detail },
    ]);
    const permissions = PERMISSIONS.filter((permission) => permission !== 'deploy:k8s:apply');
    await expect(service.as('admin', { permissions }).call('delete-target', { id })).rejects.toMatchObject({ code: 'forbidden' });
    await admin.call('delete-target', { id });
  });

  it('never leaves a target in a deleted environment, whichever comes first', async () => {
    const project = await newProject();
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, async (_, n) => {
        const name = `race-${n}`;
        const { environment_id } = await admin.call('create-environment', { project, name, type: 'development' });
        const create = admin.call('create-target', { project, environment: name, name: 'local', runtime_type: 'process' });
        const remove = admin.call('delete-environment', { id: environment_id });
        await Promise.allSettled([create, remove]);
        return environment_id;
      }),
    );
    await eventually(async () => {
      const { items } = await admin.call('list-targets', { project });
      const active = new Set(
        (await admin.call('list-environments', { project })).items.map((item: EnvironmentView) => item.environment_id),
      );
      return items.every((target) => active.has(target.environment_id));
    });
    expect(outcomes).toHaveLength(8);
  });

  it('answers a repeated command as before, and refuses its id for another request', async () => {
    const project = await newProject();
    const repeated = { commandId: 'cmd-000000000000000000000001', requestDigest: `sha256:${'1'.repeat(64)}` };
    const body = { project, name: 'dev', type: 'development' } as const;
    const first = await admin.call('create-environment', body, repeated);
    expect(await admin.call('create-environment', body, repeated)).toEqual(first);
    const other = admin.call(
      'create-environment',
      { ...body, type: 'staging' },
      { ...repeated, requestDigest: `sha256:${'2'.repeat(64)}` },
    );
    await expect(other).rejects.toMatchObject({ code: 'idempotency_key_reused' });
  });

  it('asks for the permissions of ADR 0005, and hides what is outside the scope', async () => {
    const project = await newProject();
    const { environment_id } = await admin.call('create-environment', { project, name: 'dev', type: 'development' });
    const body = { project, name: 'mine', type: 'development' } as const;
    for (const role of ['developer', 'approver', 'viewer', 'agent'] as const) {
      await expect(service.as(role).call('create-environment', body)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(service.as(role).call('create-project', { name: 'mine' })).rejects.toMatchObject({ code: 'forbidden' });
    }
    const bound = service.as('admin', { projects: ['other'] });
    await expect(bound.call('create-project', { name: 'mine' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(bound.call('get-project', { id: project })).rejects.toMatchObject({ code: 'unknown_resource' });
    await expect(bound.call('get-environment', { id: environment_id })).rejects.toMatchObject({ code: 'unknown_resource' });
    await expect(bound.call('update-environment', { id: environment_id, title: 'x' })).rejects.toMatchObject({ code: 'unknown_resource' });
    expect((await bound.call('list-environments', {})).items).toEqual([]);
    const elsewhere = service.as('viewer', { environments: ['env-elsewhere'] });
    await expect(elsewhere.call('get-environment', { id: environment_id })).rejects.toMatchObject({ code: 'unknown_resource' });
  });

  it('rebuilds its read models to the same rows while it serves', async () => {
    await admin.call('list-projects', {});
    const source = service.app.get(DataSource, { strict: false });
    const rows = () => source.query<unknown[]>('SELECT * FROM environments ORDER BY environment_id');
    const before = await rows();
    await admin.call('rebuild-projection', { name: 'environment-list' });
    await eventually(async () => {
      const { items } = await admin.call('list-projections', {});
      return items.every(({ lag, state, error }) => lag === 0 && state === 'live' && error === null);
    });
    expect(before.length).toBeGreaterThan(3);
    expect(await rows()).toEqual(before);
  });

  it('is ready by real writes and reads', async () => {
    expect(await service.platform.readiness.report()).toMatchObject({
      status: 'ready',
      checks: { event_log: { ok: true }, database: { ok: true }, log_integrity: { ok: true } },
    });
  });
});
