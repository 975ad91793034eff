import { deriveId, digestOf, executionId, SlipwayError, type EventEnvelope } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import { eventually } from '@slipway/testing';
import { World } from './world.fixture';

/** The automatic rollback of a release to the one before, and the end of its execution. */
async function rolledBack(world: World, { event }: Recorded, before: Recorded): Promise<EventEnvelope> {
  const requested = await world.requestRollback(event.resource_id, before.event.resource_id, true);
  await world.executor().take(requested);
  return world.endOf(executionId(event.resource_id, 'rollback', requested.event.event_id));
}
const failedSteps = async (world: World, id: string): Promise<string[]> =>
  (await world.eventsOf('execution', id))
    .filter(({ action }) => action === 'execution.step_failed')
    .map(({ detail }) => (detail as { step: string }).step);

let world: World;
beforeEach(async () => {
  world = await World.create();
});

describe('an approved release', () => {
  it('is claimed, carried out step by step, verified, and in its slot', async () => {
    const { id, end } = await world.deployed({ version: 'v1' });
    expect(await world.actionsOf('execution', id)).toEqual([
      'claimed',
      'started',
      'step_started',
      'step_succeeded',
      'step_started',
      'step_succeeded',
      'verifying',
      'step_started',
      'step_succeeded',
      'step_started',
      'step_succeeded',
      'succeeded',
    ]);
    expect(await world.actionsOf('slot', world.slotOf())).toEqual(['deployed']);
    expect(end.detail).toMatchObject({ url: 'http://fake/v1', changed: true });
    expect(world.runtime.effects).toEqual(['start v1', 'switch v1']);
  });

  it('takes the place of the one before, which is let go', async () => {
    await world.deployed({ version: 'v1' });
    const { approved } = await world.deployed({ version: 'v2' });
    expect(world.runtime.versions(world.slotOf())).toEqual(['v2']);
    const last = (await world.eventsOf('slot', world.slotOf())).at(-1);
    expect(last).toMatchObject({ action: 'slot.deployed', detail: { release_id: approved.event.resource_id, artifact_version: 'v2' } });
  });

  it('is one execution, however often and to whomever the approval is delivered', async () => {
    const approved = await world.approve({ version: 'v1' });
    const [a, b] = [world.executor(), world.executor()];
    await Promise.all([a.take(approved), b.take(approved), a.take(approved)]);
    const id = executionId(approved.event.resource_id, 'apply', approved.event.event_id);
    await world.endOf(id);
    await b.take(approved);
    expect((await world.actionsOf('execution', id)).filter((action) => action === 'claimed')).toHaveLength(1);
    expect(world.runtime.effects).toEqual(['start v1', 'switch v1']);
  });

  it('waits until the release before it in the environment is through', async () => {
    let open: () => void = () => undefined;
    world.runtime.gates.set('v1', new Promise((resolve) => (open = resolve)));
    const executor = world.executor();
    const first = await world.approve({ version: 'v1' });
    const second = await world.approve({ version: 'other-v1', service: 'other' });
    await executor.take(first);
    await eventually(() => world.logs.some((line) => line.includes('starting v1')));
    await executor.take(second);
    await eventually(() =>
      world.logs.some((line) => line.includes('the environment is locked by') && line.includes('apply of web v1 in dev')),
    );
    expect(world.runtime.effects).toEqual([]);
    open();
    await world.endOf(executionId(second.event.resource_id, 'apply', second.event.event_id));
    expect(world.runtime.effects).toEqual(['start v1', 'switch v1', 'start other-v1', 'switch other-v1']);
  });

  it('gets its secrets, which show in no event and no log', async () => {
    const pin = await world.secrets.sealValue(world.scope, 'correct horse battery');
    const { id } = await world.deployed({ version: 'v1', variables: { PASSWORD: pin }, behaviour: { start: 'fails' } });
    expect(world.logs.join('\n')).toContain('starting v1 with {"PASSWORD":"[redacted]"}');
    expect(JSON.stringify(await world.eventsOf('execution', id))).not.toContain('correct horse');
    expect(JSON.stringify(await world.eventsOf('execution', id))).toContain('[redacted]');
  });
});

describe('a release is not carried out', () => {
  it.each([
    ['another release came into the slot', { basis: { slot_position: 1 } }, 'preview_mismatch'],
    ['the environment changed', { basis: { environment_version: 7 } }, 'preview_mismatch'],
    ['the target changed', { basis: { target_version: 7 } }, 'preview_mismatch'],
  ])('when %s since its preview', async (_what, given, code) => {
    const { end } = await world.deployed({ version: 'v1', ...given });
    expect(end).toMatchObject({ action: 'execution.abandoned', detail: { code } });
    expect(world.runtime.effects).toEqual([]);
  });

  it('when its manifest is not the one that was reviewed', async () => {
    const approved = await world.approve({ version: 'v1' });
    for (const digest of world.blobs.keys()) world.blobs.set(digest, Buffer.from('{"runtime":"fake","version":"evil"}'));
    await world.executor().take(approved);
    const end = await world.endOf(executionId(approved.event.resource_id, 'apply', approved.event.event_id));
    expect(end).toMatchObject({ action: 'execution.abandoned', detail: { code: 'preview_mismatch' } });
    expect(world.runtime.effects).toEqual([]);
  });

  it('when it was superseded while it waited', async () => {
    const approved = await world.approve({ version: 'v1' });
    const by = deriveId('release', 'newer');
    await world.say('release', approved.event.resource_id, {
      action: 'release.superseded',
      status: 'superseded',
      detail: { by_release_id: by },
    });
    await world.executor().take(approved);
    const end = await world.endOf(executionId(approved.event.resource_id, 'apply', approved.event.event_id));
    expect(end).toMatchObject({ action: 'execution.abandoned', detail: { code: 'superseded', by_release_id: by } });
  });

  it('when its preview no longer held while it waited; another title of the environment voids nothing', async () => {
    const environment = { environmentId: world.scope.environmentId };
    await world.say('environment', world.scope.environmentId, {
      action: 'environment.updated',
      status: 'active',
      detail: { title: 'Development' },
    });
    const { end: applied } = await world.deployed({ version: 'v1' });
    expect(applied).toMatchObject({ action: 'execution.succeeded' });
    const approved = await world.approve({ version: 'v2' });
    const detail = { by_release_id: null, why: 'The policy of dev changed; preview it again.' };
    await world.say('release', approved.event.resource_id, { action: 'release.superseded', status: 'superseded', ...environment, detail });
    await world.executor().take(approved);
    const end = await world.endOf(executionId(approved.event.resource_id, 'apply', approved.event.event_id));
    expect(end).toMatchObject({ action: 'execution.abandoned', detail: { code: 'superseded', by_release_id: null } });
  });

  it('into a slot that somebody holds', async () => {
    await world.say('slot', world.slotOf(), { action: 'slot.held', status: 'held', detail: { reason: 'incident', by: 'ada' } });
    const { end } = await world.deployed({ version: 'v1' });
    expect(end).toMatchObject({ action: 'execution.abandoned', detail: { code: 'slot_held' } });
  });
});

describe('a release that goes wrong', () => {
  it('leaves nothing behind in a slot that was empty', async () => {
    const { end } = await world.deployed({ version: 'v1', behaviour: { start: 'fails' } });
    expect(end).toMatchObject({
      action: 'execution.failed',
      detail: {
        outcome: 'failed',
        restored: true,
        diagnostics: {
          step: 'start',
          outcome: 'failed',
          payload: { observed: { exit_code: 1 }, target: { summary: 'it ended with exit code 1' } },
        },
      },
    });
    expect(world.runtime.versions(world.slotOf())).toEqual([]);
    expect(await world.actionsOf('slot', world.slotOf())).toEqual([]);
  });

  it('at a step leaves the release before it serving', async () => {
    await world.deployed({ version: 'v1' });
    const { end } = await world.deployed({ version: 'v2', behaviour: { start: 'fails' } });
    expect(end).toMatchObject({ detail: { outcome: 'failed', restored: true } });
    expect(world.runtime.versions(world.slotOf())).toEqual(['v1']);
  });

  it('in its verification runs until a rollback takes it back', async () => {
    const before = await world.deployed({ version: 'v1' });
    const { end, approved } = await world.deployed({ version: 'v2', behaviour: { verify: 'fails' } });
    expect(end).toMatchObject({ detail: { outcome: 'failed', restored: false, diagnostics: { step: 'verify' } } });
    const back = await rolledBack(world, approved, before.approved);
    expect(back).toMatchObject({
      action: 'execution.succeeded',
      detail: { act: 'rollback', to_release_id: before.approved.event.resource_id },
    });
    expect(world.runtime.versions(world.slotOf())).toEqual(['v1']);
    expect((await world.eventsOf('slot', world.slotOf())).at(-1)).toMatchObject({ action: 'slot.restored', detail: { hold: null } });
  });

  it('gives the slot back without hooks, which run once, in the rollback that follows', async () => {
    const before = await world.deployed({ version: 'v1', behaviour: { hook: true } });
    const { approved } = await world.deployed({ version: 'v2', behaviour: { start: 'fails' } });
    expect(world.runtime.effects).toEqual(['start v1', 'switch v1']);
    await rolledBack(world, approved, before.approved);
    expect(world.runtime.effects).toEqual(['start v1', 'switch v1', 'hook v1']);
  });

  it('tries once to give the slot back, and once more in the rollback that follows', async () => {
    const before = await world.deployed({ version: 'v1' });
    world.runtime.behaviours.set('v1', { restore: 'fails' });
    const { approved, end } = await world.deployed({ version: 'v2', behaviour: { start: 'fails' } });
    expect(end).toMatchObject({
      detail: { restored: false, diagnostics: { step: 'start', payload: { way_back: "the way back stopped at 'Start'" } } },
    });
    expect(await failedSteps(world, end.resource_id)).toEqual(['start', 'back-start']);
    const back = await rolledBack(world, approved, before.approved);
    expect(back).toMatchObject({ action: 'execution.failed', detail: { outcome: 'failed', restored: false } });
    expect(await failedSteps(world, back.resource_id)).toEqual(['start']);
  });

  it('in a way that tells nothing is undone and not condemned', async () => {
    await world.deployed({ version: 'v1' });
    const { end } = await world.deployed({ version: 'v2', behaviour: { verify: 'unclear' } });
    expect(end).toMatchObject({ status: 'unknown', detail: { outcome: 'inconclusive', restored: true } });
    expect(world.runtime.versions(world.slotOf())).toEqual(['v1']);
  });

  it('while its target is away is tried again, for as long as that may last', async () => {
    const { end } = await world.deployed({ version: 'v1', behaviour: { away: 3 } });
    expect(end.action).toBe('execution.succeeded');
    const { end: late, id } = await world.deployed({ version: 'v2', behaviour: { away: Infinity } });
    expect(late).toMatchObject({ detail: { outcome: 'errored', restored: true, diagnostics: { step: 'start' } } });
    expect(await failedSteps(world, id)).toEqual(['start']);
    expect(world.logs.join('\n')).toContain('try 3 ended with an error and is repeated: the host did not answer');
  });

  it('gives its slot back once the target answers again', async () => {
    await world.deployed({ version: 'v1' });
    world.runtime.behaviours.set('v1', { away: 3 });
    const { end } = await world.deployed({ version: 'v2', behaviour: { start: 'fails' } });
    expect(end).toMatchObject({ detail: { outcome: 'failed', restored: true } });
  });

  it('stays what it was when the target stays away on the way back', async () => {
    await world.deployed({ version: 'v1' });
    world.runtime.behaviours.set('v1', { away: Infinity });
    const { end } = await world.deployed({ version: 'v2', behaviour: { start: 'fails' } });
    expect(end).toMatchObject({ detail: { outcome: 'failed', restored: false } });
  });

  it('waits on its way back for a blob store that is away', async () => {
    await world.deployed({ version: 'v1' });
    world.blobsAway.set(digestOf({ runtime: 'fake', version: 'v1' }), 3);
    const { end } = await world.deployed({ version: 'v2', behaviour: { start: 'fails' } });
    expect(end).toMatchObject({ detail: { outcome: 'failed', restored: true } });
  });

  it('looks again what serves after its way back while the target does not tell', async () => {
    await world.deployed({ version: 'v1' });
    const observe = world.runtime.observe.bind(world.runtime);
    let looks = 0;
    world.runtime.observe = async (...where) => {
      // The first look is the one before the first step.
      if (++looks > 1 && looks < 5) throw new SlipwayError('dependency_unavailable', 'no answer');
      return observe(...where);
    };
    const { end } = await world.deployed({ version: 'v2', behaviour: { start: 'fails' } });
    expect(end).toMatchObject({ detail: { outcome: 'failed', restored: true } });
    expect(looks).toBe(5);
  });

  it('is as bad as it was when its way back meets what nobody foresaw', async () => {
    await world.deployed({ version: 'v1' });
    world.runtime.restoreSteps = () => {
      throw new TypeError('nobody foresaw this');
    };
    const { end } = await world.deployed({ version: 'v2', behaviour: { start: 'fails' } });
    expect(end).toMatchObject({
      status: 'failed',
      detail: {
        outcome: 'failed',
        restored: false,
        diagnostics: { step: 'start', outcome: 'failed', payload: { error: 'nobody foresaw this' } },
      },
    });
  });
});

describe("a person's rollback", () => {
  it('restores the release before and holds the slot', async () => {
    const first = await world.deployed({ version: 'v1' });
    const second = await world.deployed({ version: 'v2' });
    const requested = await world.requestRollback(second.approved.event.resource_id, first.approved.event.resource_id, false);
    await world.executor().take(requested);
    await world.endOf(executionId(second.approved.event.resource_id, 'rollback', requested.event.event_id));
    expect((await world.eventsOf('slot', world.slotOf())).at(-1)).toMatchObject({
      action: 'slot.restored',
      detail: { release_id: first.approved.event.resource_id, hold: { by: 'ada', reason: 'it is slow' } },
    });
    const third = await world.deployed({ version: 'v3' });
    expect(third.end).toMatchObject({ detail: { code: 'slot_held' } });
  });
});

describe('an environment that is busy', () => {
  /** Somebody else has its lock. */
  const locked = (environmentId: string) =>
    world.leases.acquire({
      key: environmentId,
      holder: 'somebody',
      executionId: 'exe-1',
      releaseId: 'rel-1',
      reason: 'a long canary',
      ttlMs: 1000,
      signal: new AbortController().signal,
    });
  const idOf = ({ event }: Recorded): string => executionId(event.resource_id, 'apply', event.event_id);

  it('keeps nobody from another one, however many wait for it', async () => {
    const lock = await locked(world.scope.environmentId);
    await world.addEnvironment('prod');
    const executor = world.executor({ places: 1 });
    const waiting: Recorded[] = [];
    for (let index = 0; index < 70; index++) waiting.push(await world.approve({ version: `w${index}`, service: `s${index}` }));
    await Promise.all(waiting.map((approved) => executor.take(approved)));
    await eventually(() => world.logs.filter((line) => line.includes('a long canary')).length === 70);
    expect([executor.load, executor.carried, executor.isFull]).toEqual([70, 0, false]);
    const elsewhere = await world.approve({ version: 'v1', environment: 'prod' });
    await executor.take(elsewhere);
    expect((await world.endOf(idOf(elsewhere))).action).toBe('execution.succeeded');
    await lock.release();
    await eventually(async () => (await world.execution(idOf(waiting[69]!))).phase === 'ended', { timeoutMs: 60_000 });
  }, 90_000);

  it('is left to others by an executor that carries out as many as it may', async () => {
    let open: () => void = () => undefined;
    world.runtime.gates.set('v1', new Promise((resolve) => (open = resolve)));
    await world.addEnvironment('prod');
    const executor = world.executor({ places: 1 });
    const first = await world.approve({ version: 'v1' });
    const second = await world.approve({ version: 'p1', environment: 'prod' });
    await executor.take(first);
    await eventually(() => executor.isFull);
    await executor.take(second);
    await eventually(() => world.logs.some((line) => line.includes('as many executions as it may')));
    expect(await world.leases.read(second.event.environment_id)).toBeUndefined();
    open();
    expect((await world.endOf(idOf(second))).action).toBe('execution.succeeded');
    expect(world.runtime.effects.indexOf('switch v1')).toBeLessThan(world.runtime.effects.indexOf('start p1'));
    await eventually(() => executor.carried === 0);
  });

  it('is had by a rollback before everything else that waits for it', async () => {
    const first = await world.deployed({ version: 'v1' });
    const second = await world.deployed({ version: 'v2' });
    const lock = await locked(world.scope.environmentId);
    const executor = world.executor();
    await executor.take(await world.approve({ version: 'other-v1', service: 'other' }));
    const requested = await world.requestRollback(second.approved.event.resource_id, first.approved.event.resource_id, false);
    await executor.take(requested);
    await eventually(() => world.logs.filter((line) => line.includes('a long canary')).length === 2);
    world.runtime.effects.length = 0;
    await lock.release();
    await eventually(() => world.runtime.effects.includes('switch other-v1'));
    expect(world.runtime.effects.slice(0, 2)).toEqual(['start v1', 'switch v1']);
  });
});
