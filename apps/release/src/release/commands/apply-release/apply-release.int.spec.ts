import { defaultPolicy, type PreviewView, type ReleaseView } from '@slipway/contracts';
import { eventually } from '@slipway/testing';
import { good } from '../../../artifact/bundle/bundle.fixture';
import { startRelease, type Caller, type ReleaseUnderTest } from '../../../release-service.fixture';

/** The life of a release, through RPC, with a stand-in executor and inbox: commands, reactions and read model together. */
describe('a release', () => {
  let world: ReleaseUnderTest;
  let developer: Caller;
  let prod: string;
  let names = 0;

  beforeAll(async () => {
    world = await startRelease();
    developer = world.as('developer');
    await world.others.project('demo');
    prod = await world.others.environment('demo', 'prod', 'production');
    await world.others.target('demo', prod, 'main');
    const dev = await world.others.environment('demo', 'dev', 'development');
    await world.others.target('demo', dev, 'main');
  }, 60_000);
  afterAll(() => world?.stop());

  /** A service of its own, with versions 1 and 2. */
  async function service(): Promise<string> {
    const name = `service-${++names}`;
    await developer.call('create-service', { project: 'demo', name });
    for (const version of ['1', '2']) {
      const upload = await world.upload(await good({ name: 'version', content: version }));
      await developer.call('register-artifact', { project: 'demo', service: name, version, source_revision: 'abc', upload });
    }
    return name;
  }
  const preview = (of: string, artifact: string, environment: string, by = developer): Promise<PreviewView> =>
    by.call('preview-release', { project: 'demo', service: of, artifact, environment });
  const apply = (view: PreviewView, by = developer): Promise<ReleaseView> =>
    by.call('apply-release', { id: view.release_id, preview_ref: view.preview_ref });
  const until = (id: string, status: string): Promise<ReleaseView> =>
    eventually(async () => {
      const view = await developer.call('get-release', { id });
      if (view.status !== status) throw new Error(`${id} is ${view.status}, not ${status}`);
      return view;
    });
  async function deploy(of: string, version: string, environment = 'dev'): Promise<ReleaseView> {
    const approved = await apply(await preview(of, version, environment));
    expect(approved.status).toBe('approved');
    await world.executor.succeed(approved);
    return until(approved.release_id, 'applied');
  }

  it('goes through where no approval is needed, and every response has the standard fields', async () => {
    const of = await service();
    const previewed = await preview(of, '1', 'dev');
    expect(previewed).toMatchObject({
      status: 'previewed',
      lifecycle_state: 'preview',
      runtime_type: 'process',
      approval_required: false,
      approval_ticket: null,
      diagnostics_json: null,
      environment_name: 'dev',
      target_name: 'main',
      manifest: { runtime: 'stand-in' },
      preview: {
        approval: { required: false },
        checks: expect.arrayContaining([expect.objectContaining({ name: 'artifact-verified', result: 'pass' })]),
      },
    });
    const { preview: _preview, manifest: _manifest, ...released } = previewed;
    expect(await developer.call('get-release', { id: previewed.release_id })).toEqual(released);
    expect(await developer.call('get-preview', { id: previewed.release_id })).toEqual(previewed);
    const approved = await apply(previewed);
    expect(approved).toMatchObject({ status: 'approved', lifecycle_state: 'approved', approved_by: [], requested_by: 'developer' });
    expect(await developer.call('get-release', { id: previewed.release_id })).toEqual(approved);
    await world.executor.succeed(approved);
    expect(await until(approved.release_id, 'applied')).toMatchObject({
      lifecycle_state: 'applied',
      url: 'http://127.0.0.1:20000',
      ended_at: expect.any(String),
    });
  });

  it('waits for its ticket in production, which the answer to apply carries', async () => {
    const of = await service();
    const pending = await apply(await preview(of, '1', 'prod'));
    expect(pending).toMatchObject({ status: 'pending_approval', approval_required: true, approval_ticket: expect.stringMatching(/^tkt-/) });
    const detail = {
      release_id: pending.release_id,
      preview_ref: pending.preview_ref,
      act: 'apply',
      approved_by: ['approver'],
      comment: null,
    };
    await world.others.approval(pending, { action: 'approval.approved', status: 'approved', detail });
    const approved = await until(pending.release_id, 'approved');
    expect(approved).toMatchObject({ approved_by: ['approver'], expires_at: null });
    await world.executor.succeed(approved);
    await until(pending.release_id, 'applied');
  });

  it('is rejected by its ticket, and runs no more', async () => {
    const pending = await apply(await preview(await service(), '1', 'prod'));
    const detail = {
      release_id: pending.release_id,
      preview_ref: pending.preview_ref,
      act: 'apply',
      rejected_by: 'approver',
      comment: 'not now',
    };
    await world.others.approval(pending, { action: 'approval.rejected', status: 'rejected', detail });
    expect(await until(pending.release_id, 'rejected')).toMatchObject({ lifecycle_state: 'failed' });
  });

  it('shows beforehand what a change of policy would mean for what is open', async () => {
    const of = await service();
    const pending = await apply(await preview(of, '1', 'prod'));
    const policy = { quorum: 2, allowed_strategies: ['canary' as const] };
    const seen = await developer.call('preview-policy', { id: 'prod', project: 'demo', policy });
    expect(seen).toMatchObject({ needs_approval: true, policy: { quorum: 2 } });
    expect(seen.changes.map(({ member }) => member)).toEqual(['quorum', 'allowed_strategies']);
    const effect = seen.releases.find(({ release_id }) => release_id === pending.release_id);
    expect(effect).toMatchObject({ status: 'pending_approval', strategy_allowed: false, now: { quorum: 1 }, then: { quorum: 2 } });
    await developer.call('cancel-release', { id: pending.release_id });
  });

  it('must quote the preview', async () => {
    const previewed = await preview(await service(), '1', 'prod');
    const id = previewed.release_id;
    await expect(developer.call('apply-release', { id })).rejects.toMatchObject({ code: 'preview_required' });
    await expect(developer.call('apply-release', { id, preview_ref: previewed.preview.manifest_digest })).rejects.toMatchObject({
      code: 'preview_mismatch',
    });
  });

  it('no longer fits once the policy, the slot or a secret moved', async () => {
    const of = await service();
    const beforePolicy = await preview(of, '1', 'prod');
    await world.others.changePolicy('demo', prod, defaultPolicy('production'));
    await expect(apply(beforePolicy)).rejects.toMatchObject({ code: 'preview_mismatch', details: { moved: ['environment'] } });
    const beforeDeployment = await preview(of, '2', 'dev');
    await deploy(of, '1');
    await expect(apply(beforeDeployment)).rejects.toMatchObject({ code: 'preview_mismatch', details: { moved: ['slot'] } });
    const withSecret = await developer.call('preview-release', {
      project: 'demo',
      service: of,
      artifact: '2',
      environment: 'dev',
      variables: { TOKEN: { secret_ref: 'token' } },
    });
    world.executor.plan.secretVersion++;
    await expect(apply(withSecret)).rejects.toMatchObject({ code: 'preview_mismatch', details: { moved: ['variables'] } });
  });

  it('waits no longer once the policy changes, and says what to do; a title changes nothing', async () => {
    const strict = await world.others.environment('demo', 'strict', 'production');
    await world.others.target('demo', strict, 'main');
    const of = await service();
    const waiting = await apply(await preview(of, '1', 'strict'));
    await world.others.rename('demo', strict, 'Strict');
    const granted = await apply(await preview(of, '2', 'strict'));
    await until(waiting.release_id, 'superseded');
    expect(granted.status).toBe('pending_approval');
    await world.others.changePolicy('demo', strict, { ...defaultPolicy('production'), quorum: 2 });
    expect(await until(granted.release_id, 'superseded')).toMatchObject({
      diagnostics_json: { summary: 'The policy of strict changed (version 2: spec) after its preview; preview it again.' },
    });
    const again = await apply(await preview(of, '2', 'strict'));
    expect(again.status).toBe('pending_approval');
  });

  it('never waits on a policy that changed, however applies and the change race, and across a restart', async () => {
    const raced = await world.others.environment('demo', 'raced', 'production');
    await world.others.target('demo', raced, 'main');
    const services = await Promise.all(Array.from({ length: 6 }, () => service()));
    const drafts = await Promise.all(services.map((of) => preview(of, '1', 'raced')));
    const waiting = await apply(drafts[0]!);
    const change = world.others.changePolicy('demo', raced, { ...defaultPolicy('production'), quorum: 2 });
    const racing = await Promise.allSettled(drafts.slice(1).map((draft) => apply(draft)));
    await Promise.all([change, world.restart()]);
    await until(waiting.release_id, 'superseded');
    for (const [index, outcome] of racing.entries()) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'preview_mismatch' });
      else await until(drafts[index + 1]!.release_id, 'superseded');
    }
    const anew = await apply(await preview(services[0]!, '1', 'raced'));
    expect(anew).toMatchObject({ status: 'pending_approval' });
  }, 60_000);

  it('comes to an environment that asks for promotion only while its content has run in the one before', async () => {
    const promotion = { after: ['dev'], soak_s: 0 };
    const late = await world.others.environment('demo', 'late', 'development', { promotion });
    await world.others.target('demo', late, 'main');
    const of = await service();
    const checkOf = (view: PreviewView) => view.preview.checks.find(({ name }) => name === 'promotion');
    expect(checkOf(await preview(of, '2', 'late'))).toMatchObject({
      result: 'fail',
      message: expect.stringContaining('has not run in dev'),
    });
    const proven = await deploy(of, '1');
    const bad = await deploy(of, '2');
    const promoted = await preview(of, '2', 'late');
    expect(checkOf(promoted)).toMatchObject({ result: 'pass' });
    await world.executor.restore(await developer.call('rollback-release', { id: bad.release_id }), proven);
    await until(bad.release_id, 'rolled_back');
    await expect(apply(promoted)).rejects.toMatchObject({ code: 'preview_checks_failed', details: { checks: [{ name: 'promotion' }] } });
    await apply(await preview(of, '1', 'late'));
  });

  it('is refused when a check failed', async () => {
    const of = await service();
    world.executor.plan.checks.push({ name: 'ports', result: 'fail', message: 'no port is free' });
    const previewed = await preview(of, '1', 'dev');
    world.executor.plan.checks.pop();
    await expect(apply(previewed)).rejects.toMatchObject({ code: 'preview_checks_failed' });
  });

  it('supersedes what waits for the same slot', async () => {
    const of = await service();
    const first = await apply(await preview(of, '1', 'prod'));
    const second = await apply(await preview(of, '2', 'prod'));
    expect(await until(first.release_id, 'superseded')).toMatchObject({ lifecycle_state: 'failed' });
    expect((await developer.call('get-release', { id: second.release_id })).status).toBe('pending_approval');
  });

  it('finds its slot busy while another release runs there', async () => {
    const of = await service();
    const running = await apply(await preview(of, '1', 'dev'));
    const waiting = await preview(of, '2', 'dev');
    await world.executor.start(running);
    await until(running.release_id, 'verifying');
    await expect(apply(waiting)).rejects.toMatchObject({ code: 'slot_busy', details: { by_release_id: running.release_id } });
    expect((await preview(of, '2', 'dev')).preview.checks).toContainEqual(expect.objectContaining({ name: 'slot-busy', result: 'warn' }));
  });

  it('that fails is rolled back by itself; one that could not be told is not', async () => {
    const of = await service();
    const old = await deploy(of, '1');
    const unclear = await apply(await preview(of, '2', 'dev'));
    await world.executor.fail(unclear, 'errored');
    expect(await until(unclear.release_id, 'failed')).toMatchObject({ rollback: null, diagnostics_json: { outcome: 'errored' } });
    const bad = await apply(await preview(of, '2', 'dev'));
    await world.executor.fail(bad, 'failed');
    const requested = await eventually(async () => {
      const view = await developer.call('get-release', { id: bad.release_id });
      return view.rollback ? view : undefined;
    });
    expect(requested).toMatchObject({
      status: 'failed',
      rollback: { automatic: true, to_release_id: old.release_id, to_artifact_version: '1' },
    });
    await world.executor.restore(requested);
    expect(await until(bad.release_id, 'rolled_back')).toMatchObject({ lifecycle_state: 'rollback', rollback: { status: 'completed' } });
    expect((await developer.call('get-release', { id: unclear.release_id })).rollback).toBeNull();
  });

  it('is taken back by a person, which holds the slot until it is resumed', async () => {
    const of = await service();
    const old = await deploy(of, '1');
    const bad = await deploy(of, '2');
    const requested = await developer.call('rollback-release', { id: bad.release_id, reason: 'bad prices' });
    expect(requested).toMatchObject({
      status: 'applied',
      rollback: { status: 'requested', automatic: false, to_release_id: old.release_id },
    });
    await world.executor.restore(requested);
    await until(bad.release_id, 'rolled_back');
    const held = await preview(of, '2', 'dev');
    expect(held.preview.checks).toContainEqual(expect.objectContaining({ name: 'slot-hold', result: 'fail' }));
    await expect(apply(held)).rejects.toMatchObject({ code: 'slot_held', details: { by: 'developer', reason: 'bad prices' } });
    await world.others.slot(bad, { action: 'slot.resumed', status: 'serving', detail: { reason: null, by: 'developer' } });
    await apply(await preview(of, '2', 'dev'));
    await expect(developer.call('rollback-release', { id: old.release_id })).rejects.toMatchObject({ code: 'rollback_unavailable' });
  });

  it('waits no longer, to run or to be taken back, once its slot moves on', async () => {
    const of = await service();
    const approve = async (view: ReleaseView, act: 'apply' | 'rollback') => {
      const detail = { release_id: view.release_id, preview_ref: view.preview_ref, act, approved_by: ['approver'], comment: null };
      await world.others.approval(view, { action: 'approval.approved', status: 'approved', detail });
    };
    const inProd = async (version: string) => {
      const pending = await apply(await preview(of, version, 'prod'));
      await approve(pending, 'apply');
      await world.executor.succeed(await until(pending.release_id, 'approved'));
      return until(pending.release_id, 'applied');
    };
    await inProd('1');
    const bad = await inProd('2');
    const asked = await developer.call('rollback-release', { id: bad.release_id });
    expect(asked.rollback?.status).toBe('pending_approval');
    const fix = await inProd('1');
    const withdrawn = await eventually(async () => {
      const view = await developer.call('get-release', { id: bad.release_id });
      return view.rollback?.status === 'rejected' && view;
    });
    await approve(asked, 'rollback');
    const waiting = await apply(await preview(of, '2', 'prod'));
    await preview(of, '1', 'prod');
    expect((await developer.call('get-release', { id: waiting.release_id })).status).toBe('pending_approval');
    await world.others.slot(waiting, { action: 'slot.held', status: 'held', detail: { reason: 'incident', by: 'ada' } });
    expect(await until(waiting.release_id, 'superseded')).toMatchObject({
      diagnostics_json: { summary: "'ada' holds its slot: incident. Once it is resumed, preview it again." },
    });
    expect(await developer.call('get-release', { id: bad.release_id })).toEqual(withdrawn);
    expect((await developer.call('get-release', { id: fix.release_id })).status).toBe('applied');
  });

  it('is taken back in production only with a ticket, and stays applied meanwhile', async () => {
    const of = await service();
    for (const version of ['1', '2']) {
      const pending = await apply(await preview(of, version, 'prod'));
      const detail = {
        release_id: pending.release_id,
        preview_ref: pending.preview_ref,
        act: 'apply',
        approved_by: ['approver'],
        comment: null,
      };
      await world.others.approval(pending, { action: 'approval.approved', status: 'approved', detail });
      await world.executor.succeed(await until(pending.release_id, 'approved'));
      await until(pending.release_id, 'applied');
    }
    const [bad] = (await developer.call('list-releases', { project: 'demo', service: of, environment: 'prod', status: 'applied' })).items;
    const asked = await developer.call('rollback-release', { id: bad!.release_id });
    expect(asked).toMatchObject({
      status: 'applied',
      approval_ticket: expect.not.stringMatching(bad!.approval_ticket!),
      rollback: { status: 'pending_approval' },
    });
    const detail = {
      release_id: asked.release_id,
      preview_ref: asked.preview_ref,
      act: 'rollback',
      rejected_by: 'approver',
      comment: null,
    };
    await world.others.approval(asked, { action: 'approval.rejected', status: 'rejected', detail });
    await eventually(async () => (await developer.call('get-release', { id: bad!.release_id })).rollback?.status === 'rejected');
  });

  it('pauses, and goes on when resumed; a running one is asked to stop', async () => {
    const of = await service();
    const running = await apply(await preview(of, '1', 'dev'));
    const execution = await world.executor.start(running);
    await world.executor.pause(running, execution);
    await eventually(async () => (await developer.call('get-release', { id: running.release_id })).paused);
    expect(await developer.call('resume-release', { id: running.release_id, reason: 'enough seen' })).toMatchObject({ paused: false });
    await expect(developer.call('resume-release', { id: running.release_id })).rejects.toMatchObject({ code: 'release_not_resumable' });
    await developer.call('cancel-release', { id: running.release_id, reason: 'wrong one' });
    const ref = { projectId: 'demo', type: 'release', id: running.release_id } as const;
    expect((await world.log.head(ref))?.event).toMatchObject({ action: 'release.cancel_requested', detail: { execution_id: execution } });
  });

  it('keeps its service while it runs, or may run, at a target that is looked after', async () => {
    const place = await world.others.environment('demo', 'leaving', 'development');
    const target = await world.others.target('demo', place, 'main');
    const [of, failing, unclear] = [await service(), await service(), await service()];
    const remove = (id: string) => developer.call('delete-service', { id, project: 'demo' });
    const running = await deploy(of, '1', 'leaving');
    await deploy(of, '2', 'leaving');
    await expect(remove(of)).rejects.toMatchObject({ code: 'resource_in_use', message: expect.stringContaining('runs in leaving/main') });
    const failed = await apply(await preview(failing, '1', 'leaving'));
    await expect(remove(failing)).rejects.toMatchObject({ code: 'resource_in_use', message: expect.stringContaining('is on its way') });
    await world.executor.fail(failed, 'failed');
    await until(failed.release_id, 'failed');
    await remove(failing);
    const left = await apply(await preview(unclear, '1', 'leaving'));
    await world.executor.fail(left, 'inconclusive', false);
    await until(left.release_id, 'failed');
    await expect(remove(unclear)).rejects.toMatchObject({ code: 'resource_in_use', details: { release_id: left.release_id } });
    await world.others.deleteTarget('demo', place, target);
    await Promise.all([remove(of), remove(unclear)]);
    expect((await developer.call('get-release', { id: running.release_id })).status).toBe('applied');
  });

  it('expires by itself when nobody applies it', async () => {
    const short = await world.others.environment('demo', 'short', 'development', { preview_ttl_s: 1 });
    await world.others.target('demo', short, 'main');
    const previewed = await preview(await service(), '1', 'short');
    expect(await until(previewed.release_id, 'expired')).toMatchObject({ lifecycle_state: 'failed' });
    await expect(apply(previewed)).rejects.toMatchObject({ code: 'preview_expired' });
  });
});
