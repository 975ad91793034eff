import { defaultPolicy, deriveId, type EnvironmentPolicy } from '@slipway/contracts';
import type { RejudgeRelease, SlotReading } from './release.commands';
import { current, given, happened, history, LATER, OLD_RELEASE, REF, slotWithOld, slotWithThis, TICKET_ID } from './release.fixture';

const { previewed, pending, approved, applying, applied, rollbackRequested } = history;
const policy = defaultPolicy('production');
const now = (
  version: number,
  changed: Partial<EnvironmentPolicy> = {},
  target: RejudgeRelease['target'] = { version: 1, deleted: false },
  slot: SlotReading = current().slot,
): RejudgeRelease => ({
  type: 'RejudgeRelease',
  environment: { version, policy: { ...policy, ...changed }, policyVersion: version, policyReason: 'two pairs of eyes' },
  target,
  slot,
});
const inSlot = (slot: SlotReading) => now(1, {}, undefined, slot);
const superseded = (why: string, by: string | null = null) => happened('release.superseded', 'superseded', { by_release_id: by, why });
const POLICY = 'The policy of prod changed (version 2: two pairs of eyes) after its preview; preview it again.';

describe('a release that waits', () => {
  it('for its ticket or for its turn ends when the policy changes, and says what to do', async () => {
    await given(previewed(), pending()).when(now(2)).thenEvents(superseded(POLICY));
    await given(previewed(), pending(), approved()).when(now(2)).thenEvents(superseded(POLICY));
  });
  it('ends when its target changes, or goes', async () => {
    const changed = superseded('The target main changed after its preview; preview it again.');
    await given(previewed(), pending())
      .when(now(1, {}, { version: 3, deleted: false }))
      .thenEvents(changed);
    const deleted = superseded('The target main was deleted; choose another.');
    await given(previewed(), pending())
      .when(now(1, {}, { version: 3, deleted: true }))
      .thenEvents(deleted);
  });
  it('ends when another release came into its slot, or an earlier one came back', async () => {
    const fix = { releaseId: deriveId('release', 'fix'), artifactVersion: '1.0.1' };
    const moved = inSlot({ position: 8, current: fix, previous: OLD_RELEASE, hold: null });
    const why = 'hello 1.0.1 came into its slot after its preview; preview it again.';
    await given(previewed(), pending()).when(moved).thenEvents(superseded(why, fix.releaseId));
    await given(previewed(), pending(), approved()).when(moved).thenEvents(superseded(why, fix.releaseId));
  });
  it('ends when somebody holds its slot', () =>
    given(previewed(), pending())
      .when(inSlot({ ...slotWithOld, hold: { by: 'ada', since: LATER, reason: 'incident' } }))
      .thenEvents(superseded("'ada' holds its slot: incident. Once it is resumed, preview it again.")));
  it('goes on when it is itself what came into the slot, and only the report of it is under way', async () => {
    await given(previewed(), pending(), approved()).when(inSlot(slotWithThis)).thenNothing();
    const behind = { position: 12, current: { releaseId: deriveId('release', 'next'), artifactVersion: '1.2.0' }, hold: null };
    await given(previewed(), pending(), approved())
      .when(inSlot({ ...behind, previous: slotWithThis.current }))
      .thenNothing();
  });
  it('stays while nothing that it was previewed with moved', () => given(previewed(), pending()).when(now(1)).thenNothing());
  it('says it in its diagnostics', () => {
    expect(given(previewed(), pending(), superseded(POLICY)).fold()).toMatchObject({
      phase: 'superseded',
      facts: { diagnostics_json: { summary: POLICY }, expires_at: null },
    });
  });
});

it.each([
  ['merely previewed, is told when it is applied', [previewed()]],
  ['under way, goes on by what was approved', [previewed(), pending(), approved(), applying()]],
  ['applied, is what runs', [previewed(), pending(), approved(), applying(), applied()]],
])('a release %s', (_, events) =>
  given(...events)
    .when(now(2))
    .thenNothing(),
);

describe('a rollback that waits for its ticket', () => {
  const asked = [previewed(), approved(), applying(), applied(), rollbackRequested(TICKET_ID)];
  it('ends when the policy asks its approvers for something else', () =>
    given(...asked)
      .when(now(2, { quorum: 2 }, undefined, slotWithThis))
      .thenEvents(
        happened('release.rollback_rejected', 'applied', {
          ticket_id: TICKET_ID,
          why: 'superseded',
          by: null,
          comment:
            'The policy of prod changed (version 2: two pairs of eyes) and asks for another approval of rollbacks; ask for the rollback again.',
        }),
      ));
  it('stays when a change is about something else, or asks for no ticket any more', async () => {
    await given(...asked)
      .when(now(2, { allowed_strategies: ['canary'] }, undefined, slotWithThis))
      .thenNothing();
    await given(...asked)
      .when(now(2, { approval_for: ['apply'], quorum: 2 }, undefined, slotWithThis))
      .thenNothing();
  });
  const withdrawn = (comment: string) =>
    happened('release.rollback_rejected', 'applied', { ticket_id: TICKET_ID, why: 'superseded', by: null, comment });
  const fixed = { position: 12, current: { releaseId: deriveId('release', 'fix'), artifactVersion: '1.2.0' }, hold: null };
  const FIXED_FORWARD = 'There is nothing to take back any more: it no longer runs in its slot; roll back the release that does.';
  const grant = { type: 'GrantApproval' as const, ticketId: TICKET_ID, previewRef: REF, approvedBy: ['approver'] };

  it('ends when the slot was fixed forward, also if its ticket is approved first', async () => {
    const slot = { ...fixed, previous: slotWithThis.current };
    await given(...asked)
      .when(inSlot(slot))
      .thenEvents(withdrawn(FIXED_FORWARD));
    await given(...asked)
      .when({ ...grant, slot })
      .thenEvents(withdrawn(FIXED_FORWARD));
  });
  it('ends when it would bring back another release than its approvers are asked about', () =>
    given(...asked)
      .when(inSlot({ ...slotWithThis, previous: { releaseId: deriveId('release', 'older'), artifactVersion: '0.9.0' } }))
      .thenEvents(withdrawn('It would go back to 0.9.0 by now, not to 1.0.0; ask for the rollback again.')));
  it('stays when its slot is held: a hold stops applies', () =>
    given(...asked)
      .when(inSlot({ ...slotWithThis, hold: { by: 'ada', since: LATER, reason: 'incident' } }))
      .thenNothing());
  it('of a release that never came into its slot ends when the slot moves on', async () => {
    const failed = [previewed(), approved(), applying(), history.failed(), rollbackRequested(TICKET_ID)];
    await given(...failed)
      .when(inSlot(slotWithOld))
      .thenNothing();
    const [event] = [
      withdrawn('There is nothing to take back any more: its slot has moved on since; roll back the release that runs there now.'),
    ];
    await given(...failed)
      .when(inSlot({ ...fixed, previous: OLD_RELEASE }))
      .thenEvents({ ...event, status: 'failed' });
  });
});

it('an approval ends an apply whose slot moved on, as the move would have', () =>
  given(previewed(), pending())
    .when({
      type: 'GrantApproval',
      ticketId: TICKET_ID,
      previewRef: REF,
      approvedBy: ['approver'],
      slot: { position: 8, current: OLD_RELEASE, previous: null, hold: null },
    })
    .thenEvents(superseded('hello 1.0.0 came into its slot after its preview; preview it again.', OLD_RELEASE.releaseId)));
