import { executionId, type EventEnvelope } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import { eventually } from '@slipway/testing';
import { Mortal, type DeathPoint } from './mortal.fixture';
import { World } from './world.fixture';

const idOf = ({ event }: Recorded, act: 'apply' | 'rollback' = 'apply'): string => executionId(event.resource_id, act, event.event_id);

let world: World;
let v1: Recorded;
beforeEach(async () => {
  world = await World.create();
  v1 = await world.approve({ version: 'v1' });
  await world.executor().take(v1);
  await world.endOf(idOf(v1));
  world.runtime.effects.length = 0;
});

/** An executor dies at the point; after its lease ran out another one looks after what is left. */
async function dieAndTakeOver(work: Recorded, id: string, point: DeathPoint): Promise<EventEnvelope> {
  const mortal = new Mortal(point);
  const first = world.executor({ store: mortal.store, runtime: mortal.runtime });
  void first.take(work);
  await mortal.death;
  const second = world.executor();
  // An unacknowledged message comes again; a claimed execution without a living executor is found by the scan.
  await second.take(work);
  world.leases.expire(first.id);
  await second.lookAfter(world.ref(id));
  return world.endOf(id);
}

const AROUND_EVERY_FACT: DeathPoint[] = [
  'execution.claimed',
  'execution.started',
  'execution.step_started',
  'execution.step_succeeded',
  'execution.verifying',
  'slot.deployed',
  'execution.succeeded',
].flatMap((action) => [{ at: 'before append', action } as const, { at: 'after append', action } as const]);
const AROUND_EVERY_EFFECT: DeathPoint[] = ['start', 'switch', 'settle'].flatMap((step) => [
  { at: 'before effect', step } as const,
  { at: 'inside effect', step } as const,
  { at: 'after effect', step } as const,
]);
const named = (points: DeathPoint[]) =>
  points.map((point) => [`${point.at} of ${'action' in point ? point.action : point.step}`, point] as const);

describe('an executor that dies', () => {
  it.each(named([...AROUND_EVERY_FACT, ...AROUND_EVERY_EFFECT]))('%s: the release ends applied, no effect twice', async (_name, point) => {
    const v2 = await world.approve({ version: 'v2' });
    const end = await dieAndTakeOver(v2, idOf(v2), point);
    expect(end.action).toBe('execution.succeeded');
    expect(world.runtime.effects).toEqual(['start v2', 'switch v2', 'stop v1']);
    expect(await world.actionsOf('slot', world.slotOf())).toEqual(['deployed', 'deployed']);
    const actions = await world.actionsOf('execution', idOf(v2));
    expect(actions.filter((action) => action === 'started' || action === 'verifying' || action === 'succeeded')).toHaveLength(3);
  });

  it.each(
    named([
      { at: 'after append', action: 'execution.step_failed' },
      { at: 'before append', action: 'execution.failed' },
      { at: 'after effect', step: 'switch' },
    ]),
  )('on the way back, %s: the slot serves what it served before', async (_name, point) => {
    const v2 = await world.approve({ version: 'v2', behaviour: { start: 'fails' } });
    const end = await dieAndTakeOver(v2, idOf(v2), point);
    expect(end).toMatchObject({ action: 'execution.failed', detail: { outcome: 'failed', restored: true } });
    expect(world.runtime.versions(world.slotOf())).toEqual(['v1']);
  });

  it.each(
    named([
      { at: 'after append', action: 'execution.step_started' },
      { at: 'after effect', step: 'start' },
      { at: 'before append', action: 'slot.restored' },
      { at: 'after append', action: 'slot.restored' },
    ]),
  )('in a rollback, %s: the release before is back, once', async (_name, point) => {
    const v2 = await world.approve({ version: 'v2' });
    await world.executor().take(v2);
    await world.endOf(idOf(v2));
    const rollback = await world.requestRollback(v2.event.resource_id, v1.event.resource_id, false);
    const end = await dieAndTakeOver(rollback, idOf(rollback, 'rollback'), point);
    expect(end).toMatchObject({ action: 'execution.succeeded', detail: { act: 'rollback' } });
    expect(world.runtime.versions(world.slotOf())).toEqual(['v1']);
    expect(await world.actionsOf('slot', world.slotOf())).toEqual(['deployed', 'deployed', 'restored']);
  });

  it.each(
    named([
      { at: 'before append', action: 'execution.paused' },
      { at: 'after append', action: 'execution.paused' },
    ]),
  )('around a pause, %s: it is paused, and goes on when somebody says so', async (_name, point) => {
    const v2 = await world.approve({ version: 'v2', behaviour: { canary: 'pauses' } });
    const mortal = new Mortal(point);
    const first = world.executor({ store: mortal.store, runtime: mortal.runtime });
    void first.take(v2);
    await mortal.death;
    world.leases.expire(first.id);
    const second = world.executor();
    await second.lookAfter(world.ref(idOf(v2)));
    await eventually(async () => (await world.execution(idOf(v2))).phase === 'paused' && second.load === 0);
    const detail = { execution_id: idOf(v2), reason: null };
    await second.take(await world.say('release', v2.event.resource_id, { action: 'release.resumed', status: 'applying', detail }));
    expect((await world.endOf(idOf(v2))).action).toBe('execution.succeeded');
    expect(world.runtime.effects).toEqual(['start v2', 'switch v2', 'stop v1']);
  });

  it('inside a step that must not run twice leaves it to an operator', async () => {
    const v2 = await world.approve({ version: 'v2', behaviour: { rerunnable: false } });
    const mortal = new Mortal({ at: 'after effect', step: 'start' });
    const first = world.executor({ store: mortal.store, runtime: mortal.runtime });
    void first.take(v2);
    await mortal.death;
    world.leases.expire(first.id);
    await world.executor().lookAfter(world.ref(idOf(v2)));
    await eventually(async () => (await world.execution(idOf(v2))).phase === 'paused');
    expect((await world.eventsOf('execution', idOf(v2))).at(-1)).toMatchObject({ action: 'execution.paused', status: 'needs_operator' });
    expect(world.runtime.effects).toEqual(['start v2']);
  });
});

describe('an executor that was only stopped', () => {
  it('finds its execution taken over and neither touches the target nor writes', async () => {
    let open: () => void = () => undefined;
    world.runtime.gates.set('v2', new Promise((resolve) => (open = resolve)));
    const v2 = await world.approve({ version: 'v2' });
    const stopped = world.executor();
    await stopped.take(v2);
    await eventually(() => world.logs.some((line) => line.includes('starting v2')));
    // Its lease runs out unnoticed, as in a process under SIGSTOP.
    world.leases.expire(stopped.id);
    world.runtime.gates.clear();
    await world.executor().lookAfter(world.ref(idOf(v2)));
    await world.endOf(idOf(v2));
    const before = { effects: [...world.runtime.effects], events: await world.actionsOf('execution', idOf(v2)) };
    open();
    await eventually(() => stopped.load === 0);
    expect({ effects: world.runtime.effects, events: await world.actionsOf('execution', idOf(v2)) }).toEqual(before);
  });

  it('stops by itself when it is told that its lease is lost', async () => {
    world.runtime.gates.set('v2', new Promise(() => undefined));
    const v2 = await world.approve({ version: 'v2' });
    const executor = world.executor();
    await executor.take(v2);
    await eventually(() => world.logs.some((line) => line.includes('starting v2')));
    world.leases.expire(executor.id, true);
    await eventually(() => executor.load === 0);
    expect((await world.actionsOf('execution', idOf(v2))).at(-1)).toBe('step_started');
    expect(world.runtime.effects).toEqual([]);
  });
});

describe('an environment whose lock ran out with its holder', () => {
  it('begins nothing else before what was begun there has ended', async () => {
    const v2 = await world.approve({ version: 'v2' });
    const mortal = new Mortal({ at: 'after effect', step: 'start' });
    const first = world.executor({ store: mortal.store, runtime: mortal.runtime });
    void first.take(v2);
    await mortal.death;
    world.leases.expire(first.id);
    const other = await world.approve({ version: 'other-v1', service: 'other' });
    const second = world.executor();
    await second.take(other);
    await eventually(() => world.logs.some((line) => line.includes('has begun there and is not ended yet')));
    await second.lookAfter(world.ref(idOf(v2)));
    await world.endOf(idOf(other));
    expect(world.runtime.effects).toEqual(['start v2', 'switch v2', 'stop v1', 'start other-v1', 'switch other-v1']);
  });
});
