import { defaultPolicy, ticketId } from '@slipway/contracts';
import { decide } from './release.decider';
import {
  apply,
  current,
  DIGEST,
  draft,
  EXECUTION_ID,
  freeDraft,
  given,
  happened,
  history,
  LATER,
  NOW,
  OLD_RELEASE,
  REF,
  RELEASE_ID,
  RULE,
  slotWithOld,
  SLOT_ID,
  subject,
  TICKET_ID,
} from './release.fixture';

const hold = { by: 'operator', since: NOW, reason: 'bad prices' };
const { previewed, pending, approved, applying, applied } = history;

describe('a preview', () => {
  it('is the first event, and fixes subject and draft', () =>
    given().when({ type: 'PreviewRelease', subject: subject(), draft: draft(), previewRef: REF, teamId: '_' }).thenEvents(previewed()));
  it('is made once', () =>
    given(previewed()).when({ type: 'PreviewRelease', subject: subject(), draft: draft(), previewRef: REF, teamId: '_' }).thenNothing());
  it('expires at its time, and not before', async () => {
    await given(previewed()).when({ type: 'ExpirePreview', now: NOW }).thenNothing();
    await given(previewed())
      .when({ type: 'ExpirePreview', now: LATER })
      .thenEvents(happened('release.expired', 'expired', { what: 'preview', expired_at: draft().expires_at }));
  });
  it('does not expire once applied for', () => given(previewed(), pending()).when({ type: 'ExpirePreview', now: LATER }).thenNothing());
});

describe('apply', () => {
  it('opens a ticket where policy asks for one', () => given(previewed()).when(apply()).thenEvents(pending()));
  it('is approved at once where it does not', () =>
    given(previewed(freeDraft()))
      .when(apply({ current: current({ type: 'development' }) }))
      .thenEvents(
        happened('release.approved', 'approved', {
          automatic: true,
          ticket_id: null,
          approved_by: [],
          rule: 'development',
          slot_id: SLOT_ID,
        }),
      ));
  it('opens a ticket where the draft was approved in advance, but not for who applies it', async () => {
    const [strategies, actor_types] = [['rolling' as const], ['human' as const]];
    const automatic_approval = { max_risk: 'high' as const, strategies, actor_types, allow_warnings: true, allow_one_way: true };
    const inForce = current({ policy: { ...defaultPolicy('production'), automatic_approval } });
    const free = freeDraft({ approval: { ...draft().approval, required: false, rule: 'in advance' } });
    const by = (actorType: 'human' | 'agent') => apply({ actorType, current: inForce });
    const [asked] = decide(by('agent'), given(previewed(free)).fold());
    expect(asked).toMatchObject({ action: 'release.pending_approval', detail: { approval: { rule: RULE } } });
    expect(decide(by('human'), given(previewed(free)).fold())).toMatchObject([{ action: 'release.approved', detail: { automatic: true } }]);
    const waiting = given(previewed(free), asked!).fold();
    expect(waiting).toMatchObject({ facts: { approval_required: true } });
    const grant = { type: 'GrantApproval' as const, ticketId: TICKET_ID, previewRef: REF, approvedBy: ['approver'], slot: current().slot };
    expect(decide(grant, waiting)).toMatchObject([{ action: 'release.approved', detail: { automatic: false, rule: RULE } }]);
  });
  it('must quote a preview_ref', () =>
    given(previewed())
      .when(apply({ previewRef: undefined }))
      .thenRefused('preview_required'));
  it('must quote its own preview_ref', () =>
    given(previewed())
      .when(apply({ previewRef: DIGEST }))
      .thenRefused('preview_mismatch'));
  it('is refused after expiry, whether or not the sweep has passed', async () => {
    await given(previewed())
      .when(apply({ now: draft().expires_at }))
      .thenRefused('preview_expired');
    await given(previewed(), happened('release.expired', 'expired', { what: 'preview', expired_at: LATER }))
      .when(apply())
      .thenRefused('preview_expired');
  });
  it.each(['environment_version', 'target_version', 'slot_position', 'variables_digest'] as const)('is refused when %s moved', (what) =>
    given(previewed())
      .when(apply({ current: current({ basis: { ...draft().basis, [what]: what === 'variables_digest' ? DIGEST : 7 } }) }))
      .thenRefused('preview_mismatch'),
  );
  it('is refused while the slot is held', () =>
    given(previewed())
      .when(apply({ current: current({ slot: { ...slotWithOld, hold } }) }))
      .thenRefused('slot_held'));
  it('is refused while another release is being executed in the slot', () =>
    given(previewed())
      .when(apply({ current: current({ busyWith: OLD_RELEASE.releaseId }) }))
      .thenRefused('slot_busy'));
  it('is refused when a check failed', () =>
    given(previewed(draft({ checks: [{ name: 'connection', result: 'fail', message: 'no route' }] })))
      .when(apply())
      .thenRefused('preview_checks_failed'));
  it('is refused when its content was taken back meanwhile where the policy wants it to have run first', async () => {
    const policy = { ...current().policy, promotion: { after: ['staging'], soak_s: 60 } };
    const soaked = { environment: 'staging', since: '2025-12-31T00:00:00.000Z', until: null };
    await given(previewed())
      .when(apply({ current: current({ policy }) }))
      .thenRefused('preview_checks_failed');
    await given(previewed())
      .when(apply({ current: current({ policy, ranIn: [soaked] }) }))
      .thenEvents(pending());
  });
  it('repeated changes nothing while it waits', () => given(previewed(), pending()).when(apply()).thenNothing());
  it('of a release that ran is refused', () =>
    given(previewed(), pending(), approved(), applying(), applied()).when(apply()).thenRefused('release_not_applicable'));
  it('of a rejected release is refused', () =>
    given(
      previewed(),
      pending(),
      happened('release.rejected', 'rejected', { ticket_id: TICKET_ID, rejected_by: 'approver', comment: null }),
    )
      .when(apply())
      .thenRefused('release_not_applicable'));
});

describe('the ticket', () => {
  const grant = { type: 'GrantApproval' as const, ticketId: TICKET_ID, previewRef: REF, approvedBy: ['approver'], slot: current().slot };
  it('approves its release', () => given(previewed(), pending()).when(grant).thenEvents(approved()));
  it('of another draft approves nothing', () =>
    given(previewed(), pending())
      .when({ ...grant, previewRef: DIGEST })
      .thenNothing());
  it('of another request approves nothing', () =>
    given(previewed(), pending())
      .when({ ...grant, ticketId: ticketId(RELEASE_ID, 'apply', 'other') })
      .thenNothing());
  it('approves nothing once cancelled', () =>
    given(previewed(), pending(), happened('release.cancelled', 'cancelled', { reason: null }))
      .when(grant)
      .thenNothing());
  it('rejects', () =>
    given(previewed(), pending())
      .when({ type: 'RefuseApproval', ticketId: TICKET_ID, why: 'rejected', by: 'approver', comment: 'not on a Friday', at: NOW })
      .thenEvents(happened('release.rejected', 'rejected', { ticket_id: TICKET_ID, rejected_by: 'approver', comment: 'not on a Friday' })));
  it('expires', () =>
    given(previewed(), pending())
      .when({ type: 'RefuseApproval', ticketId: TICKET_ID, why: 'expired', by: null, comment: null, at: LATER })
      .thenEvents(happened('release.expired', 'expired', { what: 'ticket', expired_at: LATER })));
});

describe('supersede and cancel', () => {
  const supersede = { type: 'SupersedeRelease' as const, byReleaseId: OLD_RELEASE.releaseId };
  it('a waiting release is superseded', async () => {
    const event = happened('release.superseded', 'superseded', { by_release_id: OLD_RELEASE.releaseId });
    await given(previewed(), pending()).when(supersede).thenEvents(event);
    await given(previewed(), pending(), approved()).when(supersede).thenEvents(event);
  });
  it('a running one is not', () => given(previewed(), pending(), approved(), applying()).when(supersede).thenNothing());
  it('a release that has not run is cancelled', () =>
    given(previewed(), pending(), approved())
      .when({ type: 'CancelRelease', reason: 'wrong one' })
      .thenEvents(happened('release.cancelled', 'cancelled', { reason: 'wrong one' })));
  it('a running one is asked to stop, once', async () => {
    const event = happened('release.cancel_requested', 'applying', { reason: null, execution_id: EXECUTION_ID });
    await given(previewed(), approved(), applying()).when({ type: 'CancelRelease', reason: null }).thenEvents(event);
    await given(previewed(), approved(), applying(), event).when({ type: 'CancelRelease', reason: null }).thenNothing();
  });
  it('an applied one cannot be cancelled', () =>
    given(previewed(), approved(), applying(), applied())
      .when({ type: 'CancelRelease', reason: null })
      .thenRefused('release_not_cancellable'));
  it('an execution that began behind a cancellation is told to turn back', () =>
    given(previewed(), approved(), happened('release.cancelled', 'cancelled', { reason: null }))
      .when({ type: 'BeginExecution', act: 'apply', executionId: EXECUTION_ID })
      .thenEvents(happened('release.cancel_requested', 'cancelled', { execution_id: EXECUTION_ID, reason: 'the release is cancelled' })));
});
