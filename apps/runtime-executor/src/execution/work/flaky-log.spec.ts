import { executionId } from '@slipway/contracts';
import { eventually } from '@slipway/testing';
import fc from 'fast-check';
import { flakyStore, type Fault } from './flaky-store.fixture';
import { World } from './world.fixture';

/** Some faults, then none: the log comes back. */
const troubles = fc.array(fc.constantFrom<Fault>('none', 'refused', 'answer lost'), { maxLength: 40 });

describe('an execution over a log that refuses and loses answers', () => {
  it('records every fact once and touches the target once', () =>
    fc.assert(
      fc.asyncProperty(troubles, async (faults) => {
        const world = await World.create();
        const approved = await world.approve({ version: 'v1' });
        const left = [...faults];
        const executor = world.executor({ store: (store) => flakyStore(store, () => left.shift() ?? 'none') });
        // An intake delivers a message until its work is claimed.
        await eventually(
          () =>
            executor.take(approved).then(
              () => true,
              () => false,
            ),
          { intervalMs: 1 },
        );
        const id = executionId(approved.event.resource_id, 'apply', approved.event.event_id);
        await eventually(
          async () => {
            await executor.lookAfter(world.ref(id)).catch(() => undefined);
            return (await world.execution(id)).phase === 'ended';
          },
          { intervalMs: 5 },
        );
        const facts = (await world.actionsOf('execution', id)).filter((action) => action !== 'claimed');
        expect(facts).toEqual([
          'started',
          ...['step_started', 'step_succeeded', 'step_started', 'step_succeeded', 'verifying'],
          ...['step_started', 'step_succeeded', 'step_started', 'step_succeeded', 'succeeded'],
        ]);
        expect(world.runtime.effects).toEqual(['start v1', 'switch v1']);
        expect(await world.actionsOf('slot', world.slotOf())).toEqual(['deployed']);
      }),
      { numRuns: 15 },
    ));
});
