import type { GroupPreviewView, GroupView, NewEvent, ReleaseStatus, ReleaseView } from '@slipway/contracts';
import { eventually } from '@slipway/testing';
import { good } from '../artifact/bundle/bundle.fixture';
import { startRelease, type Caller, type ReleaseUnderTest } from '../release-service.fixture';

/** Release groups through RPC; what executions do is written by a stand-in for the executor. */
describe('release groups', () => {
  let world: ReleaseUnderTest;
  let developer: Caller;
  let names = 0;

  beforeAll(async () => {
    world = await startRelease();
    developer = world.as('developer');
    await world.others.project('demo');
    for (const [name, type] of [
      ['dev', 'development'],
      ['prod', 'production'],
    ] as const) {
      await world.others.target('demo', await world.others.environment('demo', name, type), 'main');
    }
  }, 60_000);
  afterAll(() => world?.stop());

  async function services(): Promise<readonly [string, string]> {
    const named = [`backend-${++names}`, `storefront-${names}`] as const;
    for (const service of named) await developer.call('create-service', { project: 'demo', name: service });
    return named;
  }
  async function push(service: string, version: string): Promise<void> {
    const upload = await world.upload(await good({ name: 'version', content: version }));
    await developer.call('register-artifact', { project: 'demo', service, version, source_revision: 'abc', upload });
  }
  async function preview(environment: string, of: readonly string[], version = '1', by = developer): Promise<GroupPreviewView> {
    for (const service of of) await push(service, version);
    return by.call('preview-group', { project: 'demo', environment, members: of.map((service) => ({ service, artifact: version })) });
  }
  const apply = (group: GroupView, by = developer, ref = group.preview_ref): Promise<GroupView> =>
    by.call('apply-group', { id: group.group_id, preview_ref: ref });
  const groupOf = ({ group_id: id }: GroupView): Promise<GroupView> => developer.call('get-group', { id });
  const release = (id: string): Promise<ReleaseView> => developer.call('get-release', { id });
  const member = (group: GroupView, index: number): Promise<ReleaseView> => release(group.members[index]!.release_id);
  const reaches = (group: GroupView, status: ReleaseStatus): Promise<GroupView> =>
    eventually(async () => {
      const view = await groupOf(group);
      if (view.status !== status) throw new Error(`the group is ${view.status}: ${JSON.stringify(view.members)}`);
      return view;
    });
  const memberIs = (group: GroupView, index: number, holds: (view: ReleaseView) => boolean): Promise<ReleaseView> =>
    eventually(async () => {
      const view = await member(group, index);
      if (!holds(view)) throw new Error(`member ${index} is ${view.status}, rollback ${view.rollback?.status}`);
      return view;
    });
  const inTurn = (group: GroupView, index: number): Promise<ReleaseView> => memberIs(group, index, ({ status }) => status === 'approved');
  const asksBack = (group: GroupView, index: number): Promise<ReleaseView> =>
    memberIs(group, index, ({ rollback }) => rollback?.status === 'requested');
  const ticketOf = (group: GroupView, act: 'apply' | 'rollback', content: string) => ({
    resource_type: 'group',
    resource_id: group.group_id,
    release_id: null,
    preview_ref: content,
    act,
  });
  async function approve(group: GroupView, content = group.preview_ref, act: 'apply' | 'rollback' = 'apply'): Promise<void> {
    const detail = { ...ticketOf(group, act, content), approved_by: ['approver'], comment: null };
    await world.others.approval(group, { action: 'approval.approved', status: 'approved', detail } satisfies NewEvent);
  }
  /** Both members run, one after the other. */
  async function deploy(group: GroupView): Promise<GroupView> {
    await world.executor.succeed(await inTurn(group, 0));
    await world.executor.succeed(await inTurn(group, 1));
    return reaches(group, 'applied');
  }

  it('apply their members one after the other, and are applied when all are', async () => {
    const drafted = await preview('dev', await services());
    expect(drafted).toMatchObject({
      status: 'previewed',
      lifecycle_state: 'preview',
      approval_required: false,
      members: [{ ordinal: 1, status: 'previewed' }, { ordinal: 2 }],
      preview: { checks: [{ name: 'members', result: 'pass' }, { name: 'way-back' }, { name: 'way-back' }] },
    });
    expect(drafted.releases.map(({ group_id, preview_ref }) => [group_id, preview_ref])).toEqual(
      drafted.members.map(({ preview_ref }) => [drafted.group_id, preview_ref]),
    );
    expect(await developer.call('get-group-preview', { id: drafted.group_id })).toEqual(drafted);
    const applied = await apply(drafted);
    expect(applied).toMatchObject({ status: 'approved', requested_by: 'developer' });
    const first = await inTurn(drafted, 0);
    expect(await member(drafted, 1)).toMatchObject({ status: 'pending_approval', approval_ticket: null, expires_at: null });
    await world.executor.succeed(first);
    await world.executor.succeed(await inTurn(drafted, 1));
    const ended = await reaches(drafted, 'applied');
    expect(ended.members.map(({ status }) => status)).toEqual(['applied', 'applied']);
    expect(ended.ended_at).not.toBeNull();
    expect((await developer.call('list-groups', { project: 'demo', environment: 'dev', status: 'applied' })).items).toContainEqual(ended);
  });

  it('go back as one, the last first, when a member fails', async () => {
    const both = await services();
    await deploy(await apply(await preview('dev', both)));
    const second = await preview('dev', both, '2');
    expect(second.preview.checks.map(({ name }) => name)).toEqual(['members']);
    await apply(second);
    await world.executor.succeed(await inTurn(second, 0));
    await world.executor.fail(await inTurn(second, 1), 'failed');
    const broken = await asksBack(second, 1);
    expect((await member(second, 0)).rollback).toBeNull();
    await world.executor.restore(broken);
    const backend = await asksBack(second, 0);
    expect(backend.rollback).toMatchObject({ automatic: true, to_artifact_version: '1' });
    await world.executor.restore(backend);
    const ended = await reaches(second, 'rolled_back');
    expect(ended).toMatchObject({ lifecycle_state: 'rollback', rollback: { automatic: true, status: 'completed' } });
    expect(ended.diagnostics_json?.summary).toBe(`${both[1]} 2: the health check failed`);
    expect(ended.members.map(({ status }) => status)).toEqual(['rolled_back', 'rolled_back']);
  });

  it('open one ticket for all, and stay what was approved', async () => {
    const drafted = await preview('prod', await services());
    const asked = await apply(drafted, world.as('developer', { actorId: 'colleague' }));
    expect(asked).toMatchObject({ status: 'pending_approval', approval_required: true, requested_by: 'colleague' });
    await memberIs(drafted, 1, ({ status, approval_ticket }) => status === 'pending_approval' && approval_ticket === asked.approval_ticket);
    await approve(asked);
    expect(await inTurn(drafted, 0)).toMatchObject({ approved_by: ['approver'], requested_by: 'colleague' });
    const { status } = await deploy(drafted);
    expect(status).toBe('applied');
    await expect(apply(drafted)).rejects.toMatchObject({ code: 'group_not_applicable' });
  });

  it('end with their ticket, and with a member whose slot another release takes', async () => {
    const rejected = await apply(await preview('prod', await services()));
    const refusal = { ...ticketOf(rejected, 'apply', rejected.preview_ref), rejected_by: 'approver', comment: 'no' };
    await world.others.approval(rejected, { action: 'approval.rejected', status: 'rejected', detail: refusal });
    await reaches(rejected, 'rejected');
    await memberIs(rejected, 0, (view) => view.status === 'cancelled');

    const both = await services();
    const overtaken = await apply(await preview('prod', both));
    await memberIs(overtaken, 1, (view) => view.status === 'pending_approval');
    const rival = await developer.call('preview-release', { project: 'demo', service: both[1], artifact: '1', environment: 'prod' });
    await developer.call('apply-release', { id: rival.release_id, preview_ref: rival.preview_ref });
    const ended = await reaches(overtaken, 'superseded');
    expect(ended.lifecycle_state).toBe('failed');
    await memberIs(overtaken, 0, (view) => view.status === 'cancelled');
    expect(await member(overtaken, 1)).toMatchObject({ status: 'superseded' });
  });

  it('are taken back by a person as one, with a ticket, holding every slot', async () => {
    const both = await services();
    const first = await preview('prod', both);
    await approve(await apply(first));
    await deploy(first);
    await expect(developer.call('rollback-group', { id: first.group_id })).rejects.toMatchObject({ code: 'rollback_unavailable' });
    const second = await preview('prod', both, '2');
    await approve(await apply(second));
    await deploy(second);
    const asked = await developer.call('rollback-group', { id: second.group_id, reason: 'slow' });
    expect(asked).toMatchObject({ status: 'applied', rollback: { status: 'pending_approval', reason: 'slow' } });
    await approve(asked, second.preview_ref, 'rollback');
    await world.executor.restore(await asksBack(second, 1));
    await world.executor.restore(await asksBack(second, 0));
    const ended = await reaches(second, 'rolled_back');
    expect(ended.rollback).toMatchObject({ automatic: false, requested_by: 'developer', status: 'completed' });
    const third = await preview('prod', both, '3');
    await expect(apply(third)).rejects.toMatchObject({ code: 'slot_held', details: { member: both[0] } });
  });

  it('wait for no rollback that cannot bring all of it back any more', async () => {
    const both = await services();
    for (const version of ['1', '2']) {
      const made = await preview('prod', both, version);
      await approve(await apply(made));
      await deploy(made);
      if (version === '1') continue;
      const asked = await developer.call('rollback-group', { id: made.group_id });
      expect(asked.rollback?.status).toBe('pending_approval');
      const fix = await developer.call('preview-release', { project: 'demo', service: both[0], artifact: '1', environment: 'prod' });
      const pending = await developer.call('apply-release', { id: fix.release_id, preview_ref: fix.preview_ref });
      const { release_id, preview_ref } = pending;
      const detail = { release_id, preview_ref, act: 'apply' as const, approved_by: ['approver'], comment: null };
      await world.others.approval(pending, { action: 'approval.approved', status: 'approved', detail });
      await eventually(async () => (await developer.call('get-release', { id: release_id })).status === 'approved');
      await world.executor.succeed(pending);
      await eventually(async () => (await groupOf(made)).rollback?.status === 'rejected');
      await approve(asked, made.preview_ref, 'rollback');
      expect((await groupOf(made)).status).toBe('applied');
    }
  });

  it('when cancelled go back with what was applied', async () => {
    const both = await services();
    await deploy(await apply(await preview('dev', both)));
    const group = await preview('dev', both, '2');
    await apply(group);
    await world.executor.succeed(await inTurn(group, 0));
    await inTurn(group, 1);
    await developer.call('cancel-group', { id: group.group_id, reason: 'wrong day' });
    await memberIs(group, 1, ({ status }) => status === 'cancelled');
    await world.executor.restore(await asksBack(group, 0));
    await reaches(group, 'rolled_back');
  });

  it('move as one only, and only for those who may', async () => {
    const both = await services();
    const group = await preview('dev', both);
    const one = group.releases[0]!;
    const alone = { code: 'release_in_group', details: { group_id: group.group_id } };
    await expect(developer.call('apply-release', { id: one.release_id, preview_ref: one.preview_ref })).rejects.toMatchObject(alone);
    await expect(developer.call('cancel-release', { id: one.release_id })).rejects.toMatchObject(alone);
    await expect(world.as('viewer').call('apply-group', { id: group.group_id, preview_ref: group.preview_ref })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const elsewhere = world.as('developer', { environments: ['env-elsewhere'] });
    await expect(elsewhere.call('get-group', { id: group.group_id })).rejects.toMatchObject({ code: 'unknown_resource' });
    await expect(apply(group, world.as('developer', { projects: ['elsewhere'] }))).rejects.toMatchObject({ code: 'unknown_resource' });
    await expect(apply(group, developer, `sha256:${'0'.repeat(64)}`)).rejects.toMatchObject({ code: 'preview_mismatch' });
    const twice = { project: 'demo', environment: 'dev', members: [0, 1].map(() => ({ service: both[0], artifact: '1' })) };
    await expect(developer.call('preview-group', twice)).rejects.toMatchObject({ code: 'invalid_request' });
    const unknown = {
      ...twice,
      members: [
        { service: both[0], artifact: '1' },
        { service: both[1], artifact: '9' },
      ],
    };
    await expect(developer.call('preview-group', unknown)).rejects.toMatchObject({
      code: 'unknown_resource',
      details: { member: both[1] },
    });
    await developer.call('cancel-group', { id: group.group_id });
    await memberIs(group, 0, ({ status }) => status === 'cancelled');
  });
});
