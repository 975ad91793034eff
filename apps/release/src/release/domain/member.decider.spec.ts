import { deriveId } from '@slipway/contracts';
import type { GroupCommand } from './member.decider';
import {
  apply,
  current,
  draft,
  given,
  happened,
  history,
  OLD_RELEASE,
  rollback,
  SLOT_ID,
  slotWithThis,
  subject,
  TICKET_ID,
} from './release.fixture';

const GROUP = deriveId('group', 'spec');
const previewed = () => happened('release.previewed', 'previewed', { subject: subject({ group_id: GROUP }), draft: draft() });
const waiting = () =>
  happened('release.awaiting_group', 'pending_approval', {
    group_id: GROUP,
    ticket_id: TICKET_ID,
    slot_id: SLOT_ID,
    apply_requested_by: 'developer',
    requested_by_type: 'human',
  });
const approved = () =>
  happened('release.approved', 'approved', {
    automatic: false,
    ticket_id: TICKET_ID,
    approved_by: ['approver'],
    rule: 'production',
    slot_id: SLOT_ID,
  });
const { applying, applied, failed } = history;

const awaitGroup: GroupCommand = {
  type: 'AwaitGroup',
  groupId: GROUP,
  ticketId: TICKET_ID,
  requestedBy: 'developer',
  requestedByType: 'human',
};
const takeTurn: GroupCommand = { type: 'TakeTurn', groupId: GROUP, ticketId: TICKET_ID, approvedBy: ['approver'] };
const leave: GroupCommand = { type: 'LeaveGroup', groupId: GROUP, reason: 'cancelled' };
const takeBack: GroupCommand = {
  type: 'TakeBackWithGroup',
  groupId: GROUP,
  automatic: true,
  requestedBy: 'service:release',
  reason: 'storefront failed',
  current: current({ slot: slotWithThis }),
  warnings: [],
};

describe('a release of a group', () => {
  it('is not moved by itself', async () => {
    await given(previewed()).when(apply()).thenRefused('release_in_group');
    await given(previewed()).when({ type: 'CancelRelease', reason: null }).thenRefused('release_in_group');
    await given(previewed(), waiting(), approved(), applying(), applied()).when(rollback()).thenRefused('release_in_group');
  });
  it('listens to its own group alone', async () => {
    await given(previewed())
      .when({ ...awaitGroup, groupId: deriveId('group', 'other') })
      .thenNothing();
    await given(history.previewed()).when(awaitGroup).thenNothing();
  });
  it('waits with its group, for its turn, and does not expire meanwhile', async () => {
    await given(previewed()).when(awaitGroup).thenEvents(waiting());
    await given(previewed(), waiting()).when(awaitGroup).thenNothing();
    await given(previewed(), waiting()).when({ type: 'ExpirePreview', now: '2027-01-01T00:00:00.000Z' }).thenNothing();
    expect(given(previewed(), waiting()).fold()).toMatchObject({
      phase: 'pending_approval',
      facts: { group_id: GROUP, approval_ticket: TICKET_ID },
    });
  });
  it('is approved when its turn comes, once', async () => {
    await given(previewed(), waiting()).when(takeTurn).thenEvents(approved());
    await given(previewed(), waiting(), approved()).when(takeTurn).thenNothing();
    await given(previewed()).when(takeTurn).thenNothing();
  });
  it('does not take the approval of a ticket for its turn', () =>
    given(previewed(), waiting())
      .when({
        type: 'GrantApproval',
        ticketId: TICKET_ID,
        previewRef: given(previewed()).fold().phase,
        approvedBy: ['approver'],
        slot: current().slot,
      })
      .thenNothing());
  it('leaves: ends where it waits, turns back where it runs', async () => {
    for (const events of [[previewed()], [previewed(), waiting()]]) {
      await given(...events)
        .when(leave)
        .thenEvents(happened('release.cancelled', 'cancelled', { reason: 'cancelled' }));
    }
    await given(previewed(), waiting(), approved(), applying())
      .when(leave)
      .thenEvents(
        happened('release.cancel_requested', 'applying', { reason: 'cancelled', execution_id: applying().detail['execution_id' as never] }),
      );
    await given(previewed(), waiting(), approved(), applying(), applied()).when(leave).thenNothing();
  });
  it('goes back with its group without a ticket of its own, once', async () => {
    const ran = [previewed(), waiting(), approved(), applying(), applied()];
    const asked = happened('release.rollback_requested', 'applied', {
      automatic: true,
      reason: 'storefront failed',
      requested_by: 'service:release',
      to_release_id: OLD_RELEASE.releaseId,
      to_artifact_version: OLD_RELEASE.artifactVersion,
      slot_id: SLOT_ID,
      approval: null,
      failed_execution_id: null,
      time_bound_s: current().policy.rollback_time_bound_s,
      warnings: [],
    });
    const decided = given(...ran).when(takeBack);
    await decided.thenEvents(asked);
    await given(...ran, asked)
      .when(takeBack)
      .thenNothing();
    await given(previewed(), waiting(), approved(), applying(), failed('errored'))
      .when({ ...takeBack, current: current({ slot: { ...slotWithThis, previous: null } }) })
      .thenNothing();
  });
});
