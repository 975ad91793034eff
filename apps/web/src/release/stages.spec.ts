import type { ReleaseView } from '../api/client';
import { stagesOf } from './stages';

const stages = (more: Partial<ReleaseView>): string =>
  stagesOf({
    status: 'previewed',
    approval_required: false,
    approval_ticket: null,
    execution_id: null,
    paused: false,
    rollback: null,
    ...more,
  })
    .map(({ label, state }) => `${label} ${state}`)
    .join(', ');

describe('stagesOf', () => {
  it.each<[string, Partial<ReleaseView>, string]>([
    ['a preview', {}, 'Preview now, Approved ahead, Applying ahead, Applied ahead'],
    [
      'a ticket',
      { status: 'pending_approval', approval_required: true },
      'Preview done, Pending approval now, Approved ahead, Applying ahead, Applied ahead',
    ],
    ['a member that waits for its turn', { status: 'pending_approval' }, 'Preview done, Approved now, Applying ahead, Applied ahead'],
    ['verification', { status: 'verifying' }, 'Preview done, Approved done, Verifying now, Applied ahead'],
    ['a pause', { status: 'applying', paused: true }, 'Preview done, Approved done, Paused now, Applied ahead'],
    ['success', { status: 'applied' }, 'Preview done, Approved done, Applying done, Applied done'],
    ['failure', { status: 'failed' }, 'Preview done, Approved done, Applying done, Failed now'],
    [
      'rejection',
      { status: 'rejected', approval_required: true, approval_ticket: 'tkt-1' },
      'Preview done, Pending approval done, Rejected now',
    ],
    ['an expired preview', { status: 'expired', approval_required: true }, 'Preview done, Expired now'],
    [
      'an expired ticket',
      { status: 'expired', approval_required: true, approval_ticket: 'tkt-1' },
      'Preview done, Pending approval done, Expired now',
    ],
    [
      'a cancellation of what ran',
      { status: 'cancelled', execution_id: 'exe-1' },
      'Preview done, Approved done, Applying done, Cancelled now',
    ],
    [
      'an automatic rollback',
      { status: 'rolled_back', rollback: { automatic: true } as ReleaseView['rollback'] },
      'Preview done, Approved done, Applying done, Failed done, Rolled back now',
    ],
    [
      'a rollback by a person',
      { status: 'rolling_back', rollback: { automatic: false } as ReleaseView['rollback'] },
      'Preview done, Approved done, Applying done, Applied done, Rolling back now',
    ],
  ])('%s', (_what, given, expected) => expect(stages(given)).toBe(expected));
});
