import type { NewGroupEvent } from '@slipway/contracts';
import { OLD_RELEASE } from '../../release/domain/release.fixture';
import { diagnostics, folded, happened, history, member, releaseIdOf, requestedRollback } from './group.fixture';
import { nextStep } from './group.progress';
import type { Member, Step } from './group.step';

const { previewed, approved, applying, cancelRequested, applied, failed, rollingBack } = history;
const NOTHING: Step = { words: [], events: [] };
const step = (events: NewGroupEvent[], members: Member[], rollsBack = true): Step => nextStep(folded(...events), members, rollsBack);
const words = (word: string, ...services: string[]) => services.map((service) => ({ releaseId: releaseIdOf(service), word }));
const both = [releaseIdOf('backend'), releaseIdOf('storefront')];

describe('a group that was approved', () => {
  const begun = [previewed(), approved()];
  it('has all its members wait, and then begins', () =>
    expect(step(begun, [member('backend', 'previewed'), member('storefront', 'previewed')])).toEqual({
      words: words('await', 'backend', 'storefront'),
      events: [happened('group.applying', 'applying', { release_ids: both })],
    }));
  it('does not begin without one of them', () => {
    const { events } = step(begun, [member('backend', 'pending_approval'), member('storefront', 'superseded')]);
    expect(events).toMatchObject([
      {
        action: 'group.failed',
        detail: { outcome: 'errored', diagnostics: { summary: 'storefront 1.1.0 is superseded: health check failed' } },
      },
    ]);
  });
});

describe('a group that is applied', () => {
  const running = [previewed(), approved(), applying()];
  it('lets one member after the other have its turn', () => {
    expect(step(running, [member('backend', 'pending_approval'), member('storefront', 'pending_approval')])).toEqual({
      words: words('turn', 'backend'),
      events: [],
    });
    expect(step(running, [member('backend', 'verifying'), member('storefront', 'pending_approval')])).toEqual(NOTHING);
    expect(step(running, [member('backend', 'applied'), member('storefront', 'pending_approval')]).words).toEqual(
      words('turn', 'storefront'),
    );
  });
  it('is applied when all are, and all still run', () => {
    const members = [member('backend', 'applied'), member('storefront', 'applied')];
    expect(step(running, members).events).toEqual([happened('group.applied', 'applied', { release_ids: both })]);
    const taken = [member('backend', 'applied', { slot: { current: OLD_RELEASE } }), members[1]!];
    expect(step(running, taken).events).toMatchObject([{ action: 'group.failed', detail: { release_id: both[0], outcome: 'failed' } }]);
  });
  it('fails with the first that fails, for its reason', () =>
    expect(step(running, [member('backend', 'applied'), member('storefront', 'failed')]).events).toEqual([failed()]));
  it.each(['superseded', 'cancelled', 'rejected', 'expired'] as const)('fails, judging nothing, when a member is %s', (phase) =>
    expect(step(running, [member('backend', 'applied'), member('storefront', phase)]).events).toMatchObject([
      { action: 'group.failed', detail: { outcome: 'errored', release_id: both[1] } },
    ]),
  );
  it('when cancelled has the member that runs turn back, and stops between two', () => {
    const stopping = [...running, cancelRequested()];
    expect(step(stopping, [member('backend', 'applying'), member('storefront', 'pending_approval')]).words).toEqual(
      words('leave', 'backend'),
    );
    expect(step(stopping, [member('backend', 'applied'), member('storefront', 'pending_approval')]).events).toMatchObject([
      { action: 'group.failed', detail: { outcome: 'aborted', release_id: null } },
    ]);
  });
  it('once applied does nothing more', () =>
    expect(step([...running, applied()], [member('backend', 'rolled_back'), member('storefront', 'applied')])).toEqual(NOTHING));
});

describe('a group that failed', () => {
  const broken = [previewed(), approved(), applying(), failed()];
  it('goes back where policy allows it in advance', () => {
    const members = [member('backend', 'applied'), member('storefront', 'failed')];
    expect(step(broken, members).events).toEqual([rollingBack()]);
    expect(step(broken, members, false)).toEqual(NOTHING);
  });
  it('lets go of what never began, and goes back for nothing where nothing ran', () => {
    const members = [member('backend', 'failed', { executionId: null }), member('storefront', 'pending_approval')];
    expect(step(broken, members)).toEqual({ words: words('leave', 'storefront'), events: [] });
  });
});

describe('a group on its way back', () => {
  const back = [previewed(), approved(), applying(), failed(), rollingBack()];
  it('takes the last one back first, then waits for it, then the one before', () => {
    expect(step(back, [member('backend', 'applied'), member('storefront', 'failed')]).words).toEqual(words('take_back', 'storefront'));
    expect(step(back, [member('backend', 'applied'), member('storefront', 'failed', { rollback: requestedRollback })])).toEqual(NOTHING);
    expect(step(back, [member('backend', 'applied'), member('storefront', 'rolling_back')])).toEqual(NOTHING);
    expect(step(back, [member('backend', 'applied'), member('storefront', 'rolled_back')]).words).toEqual(words('take_back', 'backend'));
  });
  it('is back when all are', () =>
    expect(step(back, [member('backend', 'rolled_back'), member('storefront', 'rolled_back')]).events).toEqual([
      happened('group.rolled_back', 'rolled_back', { release_ids: [...both].reverse() }),
    ]));
  it('counts as back what was never touched, and a first deployment that failed and was removed', () => {
    const untouched = member('storefront', 'failed', { executionId: null });
    const removed = member('storefront', 'failed', { slot: { current: null } });
    for (const last of [untouched, removed, member('storefront', 'cancelled')]) {
      expect(step(back, [member('backend', 'rolled_back'), last]).events).toMatchObject([{ action: 'group.rolled_back' }]);
    }
  });
  it('says what could not go back, after all the others did', () => {
    const first = member('storefront', 'applied', { slot: { previous: null } });
    expect(step(back, [member('backend', 'applied'), first]).words).toEqual(words('take_back', 'backend'));
    const { events } = step(back, [member('backend', 'rolled_back'), first]);
    const why = 'storefront 1.1.0: it is the first release that ever ran in its slot, so there is no earlier one to go back to.';
    expect(events).toEqual([
      happened('group.rollback_failed', 'rollback_failed', {
        diagnostics: diagnostics(why, 'failed', { left: [both[1]] }),
        left: [{ release_id: both[1]!, service_name: 'storefront', why }],
      }),
    ]);
  });
  it('tries one that failed to go back again when asked anew, and once', () => {
    const before = member('storefront', 'rollback_failed', { rollbackRequestedAt: '2025-12-31T00:00:00.000Z' });
    expect(step(back, [member('backend', 'rolled_back'), before]).words).toEqual(words('take_back', 'storefront'));
    const tried = member('storefront', 'rollback_failed', { rollbackRequestedAt: '2026-01-02T00:00:00.000Z' });
    expect(step(back, [member('backend', 'rolled_back'), tried]).events).toMatchObject([{ action: 'group.rollback_failed' }]);
  });
});

describe('a group that ended before it ran', () => {
  it('lets its members go', () => {
    const cancelled = [previewed(), happened('group.cancelled', 'cancelled', { reason: null })];
    expect(step(cancelled, [member('backend', 'previewed'), member('storefront', 'expired')])).toEqual({
      words: words('leave', 'backend'),
      events: [],
    });
  });
});
