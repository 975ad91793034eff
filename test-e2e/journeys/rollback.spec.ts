import { startLoad, startPlatform, type Actor, type Platform } from '@slipway/platform-driver';
import { ApiError } from '@slipway/api-client';
import { eventually } from '@slipway/testing';

let platform: Platform;
let developer: Actor;
beforeAll(async () => {
  platform = await startPlatform();
  developer = platform.as('developer');
  await developer.push('good-1', { replicas: 2 });
  await developer.push('good-2', { replicas: 2 });
  await developer.push('bad-health', { replicas: 2, health: 'bad' });
  await developer.push('late-failure', { replicas: 2, health: 'late', watchMs: 3000 });
  await developer.push('errors', { replicas: 2, errorRate: 0.3 });
}, 120_000);
afterAll(() => platform?.stop(), 60_000);

const refusal = (act: Promise<unknown>): Promise<unknown> =>
  act.then(
    () => 'no refusal',
    (error: unknown) => (error instanceof ApiError ? error.code : error),
  );
const canary = {
  type: 'canary' as const,
  steps: [
    { percent: 10, duration_ms: 1500 },
    { percent: 100, duration_ms: 500 },
  ],
  thresholds: { min_requests: 5, max_error_rate: 0.05 },
};

describe('a release that goes bad', () => {
  it('at its start: is rolled back by itself, and traffic never stops', async () => {
    const artifact = 'bad-health';
    const first = await developer.deploy({ artifact: 'good-1', variables: { GREETING: `before ${artifact}` } });
    expect(first.status).toBe('applied');
    const load = startLoad(first.url!);
    const bad = await developer.start({ artifact, strategy: { type: 'rolling', batch_size: 2 } });
    const ended = await developer.until(bad.release_id, ['rolled_back', 'rollback_failed', 'applied']);
    expect(ended).toMatchObject({
      status: 'rolled_back',
      lifecycle_state: 'rollback',
      rollback: { automatic: true, status: 'completed', to_release_id: first.release_id },
    });
    expect(ended.diagnostics_json?.summary).toMatch(/\w+/);
    const slot = await eventually(async () => {
      const view = await developer.slot(ended.slot_id);
      return view.release_id === first.release_id && view;
    });
    expect(slot).toMatchObject({ artifact_version: 'good-1', hold: null });
    const { failed, failures, requests } = await load.stop();
    expect({ failed, failures }).toEqual({ failed: 0, failures: [] });
    expect(requests).toBeGreaterThan(50);
    expect(await (await fetch(first.url!)).text()).toBe(`before ${artifact}`);
    const actions = (await developer.timeline(bad.release_id))
      .map((entry) => entry.action)
      .filter((action) => action.startsWith('release.'));
    expect(actions).toEqual(expect.arrayContaining(['release.failed', 'release.rollback_requested', 'release.rollback_completed']));
  }, 120_000);

  it('while it is watched: is rolled back by itself', async () => {
    const first = await developer.deploy({ artifact: 'good-1', variables: { GREETING: 'before the late failure' } });
    const bad = await developer.start({ artifact: 'late-failure', strategy: 'blue-green' });
    const ended = await developer.until(bad.release_id, ['rolled_back', 'rollback_failed', 'applied']);
    expect(ended).toMatchObject({ status: 'rolled_back', rollback: { automatic: true, to_release_id: first.release_id } });
    expect(await (await fetch(first.url!)).text()).toBe('before the late failure');
  }, 120_000);

  it('a canary that answers some requests with errors is aborted at its first step', async () => {
    const stable = await developer.deploy({ artifact: 'good-2', variables: { GREETING: 'stable' } });
    const load = startLoad(stable.url!, { connections: 8 });
    const bad = await developer.start({ artifact: 'errors', strategy: canary });
    const final = await developer.until(bad.release_id, ['rolled_back', 'rollback_failed', 'applied']);
    await load.stop();
    expect(final.status).toBe('rolled_back');
    const timeline = await developer.timeline(bad.release_id);
    const failedSteps = timeline.filter((entry) => entry.action === 'execution.step_failed');
    expect(failedSteps).toHaveLength(1);
    expect(JSON.stringify(failedSteps[0]!.detail)).toMatch(/10/);
    expect(timeline.filter((entry) => entry.action === 'execution.step_started').map((entry) => entry.detail.step)).not.toContain(
      'canary-100',
    );
    expect(await (await fetch(stable.url!)).text()).toBe('stable');
  }, 120_000);

  it('a good canary goes through every step without a failed request', async () => {
    const stable = await developer.deploy({ artifact: 'good-1', variables: { GREETING: 'canary from' } });
    const load = startLoad(stable.url!, { connections: 8 });
    const next = await developer.deploy({ artifact: 'good-2', strategy: canary });
    const { failed, failures } = await load.stop();
    expect(next.status).toBe('applied');
    expect({ failed, failures }).toEqual({ failed: 0, failures: [] });
  }, 120_000);

  it('a canary without traffic pauses as inconclusive, and goes on when told to', async () => {
    await developer.deploy({ artifact: 'good-1', variables: { GREETING: 'quiet' } });
    const quiet = await developer.start({ artifact: 'good-2', strategy: { ...canary, on_inconclusive: 'pause' } });
    await eventually(async () => (await developer.release(quiet.release_id)).paused, { timeoutMs: 30_000 });
    for (let resumed = 0; resumed < 2; resumed++) {
      const view = await eventually(
        async () => {
          const shown = await developer.release(quiet.release_id);
          return (shown.paused || shown.status === 'applied') && shown;
        },
        { timeoutMs: 30_000 },
      );
      if (view.status === 'applied') break;
      await developer.api.POST('/api/v1/deploy/releases/{id}/resume', {
        params: { path: { id: quiet.release_id } },
        body: { reason: 'no traffic here' },
      });
      await eventually(async () => !(await developer.release(quiet.release_id)).paused, { timeoutMs: 30_000 });
    }
    expect((await developer.untilEnded(quiet.release_id)).status).toBe('applied');
  }, 120_000);

  it('a person rolls back at once from a blue-green release, which holds the slot until it is resumed', async () => {
    const before = await developer.deploy({ artifact: 'good-1', variables: { GREETING: 'blue' } });
    const load = startLoad(before.url!);
    const green = await developer.deploy({ artifact: 'good-2', strategy: 'blue-green' });
    expect(green.status).toBe('applied');
    await developer.rollback(green.release_id, 'customers complain');
    const back = await developer.until(green.release_id, ['rolled_back', 'rollback_failed']);
    expect(back).toMatchObject({ status: 'rolled_back', rollback: { automatic: false, reason: 'customers complain' } });
    const { failed, failures } = await load.stop();
    expect({ failed, failures }).toEqual({ failed: 0, failures: [] });
    expect(await (await fetch(before.url!)).text()).toBe('blue');

    const slot = await eventually(async () => {
      const view = await developer.slot(green.slot_id);
      return view.hold !== null && view;
    });
    expect(slot.hold).toMatchObject({ reason: expect.stringContaining('customers complain') });
    const draft = await developer.preview({ artifact: 'good-2' });
    expect(draft.preview.checks.some((check) => check.result === 'fail')).toBe(true);
    expect(['slot_held', 'preview_checks_failed']).toContain(await refusal(developer.apply(draft)));
    await developer.api.POST('/api/v1/deploy/slots/{id}/resume', { params: { path: { id: green.slot_id } }, body: { reason: 'fixed' } });
    expect((await developer.deploy({ artifact: 'good-2' })).status).toBe('applied');
  }, 120_000);

  it('a first release that fails leaves nothing running and cannot be rolled back', async () => {
    await developer.createService('first');
    await developer.push('0.1.0', { health: 'bad' }, 'first');
    const bad = await developer.deploy({ service: 'first', artifact: '0.1.0' });
    expect(bad.status).toBe('failed');
    expect(await refusal(developer.rollback(bad.release_id))).toBe('rollback_unavailable');
    const status = await developer.api
      .GET('/api/v1/deploy/slots/{id}/status', { params: { path: { id: bad.slot_id } } })
      .catch((error: unknown) => error);
    if (!(status instanceof ApiError)) expect((status as { data: { replicas: unknown[] } }).data.replicas).toEqual([]);
  }, 120_000);
});

describe('what ends without running', () => {
  it('cancel, and a newer release of the slot, end a waiting one; a moved slot voids its preview', async () => {
    const waiting = await developer.start({ artifact: 'good-1', environment: 'prod' });
    expect(waiting.status).toBe('pending_approval');
    const stale = await developer.preview({ artifact: 'good-2', environment: 'prod' });
    const newer = await developer.start({ artifact: 'good-2', environment: 'prod' });
    const superseded = await developer.until(waiting.release_id, ['superseded']);
    expect(superseded.lifecycle_state).toBe('failed');
    const ticket = await eventually(async () => {
      const { data } = await developer.api.GET('/api/v1/approvals/inbox/{id}', { params: { path: { id: waiting.approval_ticket! } } });
      return data!.status === 'superseded' && data!;
    });
    expect(ticket.actions.at(-1)).toMatchObject({ action: 'voided' });
    await platform.as('approver').approve(newer.approval_ticket!);
    expect((await developer.untilEnded(newer.release_id)).status).toBe('applied');
    expect(await refusal(developer.apply(stale))).toBe('preview_mismatch');

    const cancelled = await developer.start({ artifact: 'good-1', environment: 'prod' });
    await developer.api.POST('/api/v1/deploy/releases/{id}/cancel', {
      params: { path: { id: cancelled.release_id } },
      body: { reason: 'wrong one' },
    });
    expect((await developer.untilEnded(cancelled.release_id)).status).toBe('cancelled');
  }, 120_000);
});
