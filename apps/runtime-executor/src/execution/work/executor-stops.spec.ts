import { deriveId, executionId } from '@slipway/contracts';
import { eventually } from '@slipway/testing';
import { World } from './world.fixture';

const phase = (world: World, id: string, wanted: string) => eventually(async () => (await world.execution(id)).phase === wanted);

let world: World;
beforeEach(async () => {
  world = await World.create();
});

describe('a pause', () => {
  async function paused() {
    await world.deployed({ version: 'v1' });
    const approved = await world.approve({ version: 'v2', behaviour: { canary: 'pauses' } });
    const releaseId = approved.event.resource_id;
    const id = executionId(releaseId, 'apply', approved.event.event_id);
    await world.executor().take(approved);
    await phase(world, id, 'paused');
    return { id, releaseId };
  }
  const resumed = (releaseId: string, id: string) =>
    world.say('release', releaseId, { action: 'release.resumed', status: 'applying', detail: { execution_id: id, reason: null } }, 'bob');
  const cancelled = (releaseId: string, id: string) =>
    world.say(
      'release',
      releaseId,
      { action: 'release.cancel_requested', status: 'applying', detail: { execution_id: id, reason: null } },
      'bob',
    );

  it("goes on without a measurement on somebody's word, in whichever executor hears it", async () => {
    const { id, releaseId } = await paused();
    await world.executor().take(await resumed(releaseId, id));
    expect((await world.endOf(id)).action).toBe('execution.succeeded');
    const resume = (await world.eventsOf('execution', id)).find(({ action }) => action === 'execution.resumed');
    expect(resume?.detail).toMatchObject({ by: 'bob' });
  });

  it('is undone when it is cancelled', async () => {
    const { id, releaseId } = await paused();
    await world.executor().take(await cancelled(releaseId, id));
    expect(await world.endOf(id)).toMatchObject({ status: 'aborted', detail: { outcome: 'aborted', restored: true } });
    expect(world.runtime.versions(world.slotOf())).toEqual(['v1']);
  });

  it('leaves the environment to others, but not its slot', async () => {
    await paused();
    expect((await world.deployed({ version: 'other-v1', service: 'other' })).end.action).toBe('execution.succeeded');
    expect((await world.deployed({ version: 'v3' })).end).toMatchObject({ detail: { code: 'slot_busy' } });
  });

  it('is left alone by who looks for orphans, until it is decided', async () => {
    const { id, releaseId } = await paused();
    const other = world.executor();
    await other.lookAfter(world.ref(id));
    expect(other.load).toBe(0);
    await resumed(releaseId, id);
    await other.lookAfter(world.ref(id));
    expect((await world.endOf(id)).action).toBe('execution.succeeded');
  });
});

describe('cancelling', () => {
  it('stops the step at hand and restores', async () => {
    await world.deployed({ version: 'v1' });
    let open: () => void = () => undefined;
    world.runtime.gates.set('v2', new Promise((resolve) => (open = resolve)));
    const approved = await world.approve({ version: 'v2' });
    const releaseId = approved.event.resource_id;
    const id = executionId(releaseId, 'apply', approved.event.event_id);
    const executor = world.executor();
    await executor.take(approved);
    await eventually(() => world.logs.some((line) => line.includes('starting v2')));
    const detail = { execution_id: id, reason: null };
    await executor.take(await world.say('release', releaseId, { action: 'release.cancel_requested', status: 'applying', detail }, 'bob'));
    open();
    expect(await world.endOf(id)).toMatchObject({ detail: { outcome: 'aborted', restored: true } });
    expect(world.runtime.versions(world.slotOf())).toEqual(['v1']);
  });

  it('is heeded at the next step by an executor that only reads the log', async () => {
    let open: () => void = () => undefined;
    world.runtime.gates.set('v1', new Promise((resolve) => (open = resolve)));
    const approved = await world.approve({ version: 'v1' });
    const id = executionId(approved.event.resource_id, 'apply', approved.event.event_id);
    await world.executor().take(approved);
    await eventually(() => world.logs.some((line) => line.includes('starting v1')));
    const detail = { execution_id: id, reason: null };
    await world.say('release', approved.event.resource_id, { action: 'release.cancel_requested', status: 'applying', detail }, 'bob');
    open();
    expect(await world.endOf(id)).toMatchObject({ detail: { outcome: 'aborted', restored: true } });
  });
});

describe('a release that ends in the moment in which its execution begins', () => {
  it('is turned back', async () => {
    let open: () => void = () => undefined;
    world.runtime.gates.set('v1', new Promise((resolve) => (open = resolve)));
    const approved = await world.approve({ version: 'v1' });
    const id = executionId(approved.event.resource_id, 'apply', approved.event.event_id);
    await world.executor().take(approved);
    await eventually(() => world.logs.some((line) => line.includes('starting v1')));
    const detail = { by_release_id: deriveId('release', 'newer') };
    await world.say('release', approved.event.resource_id, { action: 'release.superseded', status: 'superseded', detail });
    open();
    expect(await world.endOf(id)).toMatchObject({ detail: { outcome: 'aborted', restored: true } });
    expect(world.runtime.versions(world.slotOf())).toEqual([]);
  });
});

describe('draining', () => {
  it('finishes the step at hand, hands back what waits, and leaves the rest to others', async () => {
    let open: () => void = () => undefined;
    world.runtime.gates.set('v1', new Promise((resolve) => (open = resolve)));
    const approved = await world.approve({ version: 'v1' });
    const waiting = await world.approve({ version: 'other-v1', service: 'other' });
    const executor = world.executor();
    await executor.take(approved);
    await eventually(() => world.logs.some((line) => line.includes('starting v1')));
    await executor.take(waiting);
    await eventually(() => world.logs.some((line) => line.includes('waiting')));
    const drained = executor.drain(5_000, 5_000);
    open();
    await drained;
    expect(executor.load).toBe(0);
    expect(world.runtime.effects).toEqual(['start v1']);
    const ids = [approved, waiting].map(({ event }) => executionId(event.resource_id, 'apply', event.event_id));
    const next = world.executor();
    await Promise.all(ids.map((id) => next.lookAfter(world.ref(id))));
    for (const id of ids) expect((await world.endOf(id)).action).toBe('execution.succeeded');
    expect([...world.runtime.effects].sort()).toEqual(['start other-v1', 'start v1', 'switch other-v1', 'switch v1']);
  });

  it('stops a step that takes too long where it is, and the next executor goes on there', async () => {
    world.runtime.gates.set('v1', new Promise(() => undefined));
    const approved = await world.approve({ version: 'v1' });
    const id = executionId(approved.event.resource_id, 'apply', approved.event.event_id);
    const executor = world.executor();
    await executor.take(approved);
    await eventually(() => world.logs.some((line) => line.includes('starting v1')));
    await executor.drain(1, 5_000);
    expect(executor.load).toBe(0);
    world.runtime.gates.clear();
    await world.executor().lookAfter(world.ref(id));
    expect((await world.endOf(id)).action).toBe('execution.succeeded');
    expect(await world.actionsOf('execution', id)).not.toContain('step_failed');
  });
});

describe('a closed gate', () => {
  const line = (stopped: boolean, acts: ('apply' | 'rollback')[] = ['apply']) =>
    stopped
      ? world.say('gate', 'shop', {
          action: 'gate.stopped',
          status: 'stopped',
          detail: { scope: 'project', reason: 'incident', owner: 'ann', acts },
        })
      : world.say('gate', 'shop', { action: 'gate.resumed', status: 'open', detail: { by: 'ann', reason: null } });

  it('holds up what has not begun, says why, and lets it go on when it opens', async () => {
    await line(true);
    const approved = await world.approve({ version: 'v1' });
    const id = executionId(approved.event.resource_id, 'apply', approved.event.event_id);
    await world.executor().take(approved);
    const waiting = await eventually(async () =>
      (await world.eventsOf('execution', id)).find(({ action }) => action === 'execution.waiting'),
    );
    expect(waiting).toMatchObject({ status: 'claimed', detail: { code: 'line_stopped', why: 'incident', next_open: null } });
    expect(world.runtime.effects).toEqual([]);
    await line(false);
    expect((await world.endOf(id)).action).toBe('execution.succeeded');
  });

  it('leaves the environment to what may pass', async () => {
    await line(true);
    const approved = await world.approve({ version: 'v1' });
    const executor = world.executor();
    await executor.take(approved);
    await eventually(() => world.logs.some((text) => text.includes('waiting')));
    expect(await world.leases.read(world.scope.environmentId)).toBeUndefined();
    await executor.drain(5_000, 5_000);
    expect(executor.load).toBe(0);
  });
});
