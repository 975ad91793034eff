import { ticketId } from '@slipway/contracts';
import {
  current,
  DIGEST,
  EXECUTION_ID,
  given,
  happened,
  history,
  OLD_RELEASE,
  REF,
  RELEASE_ID,
  rollback,
  slotWithOld,
  slotWithThis,
  SLOT_ID,
  TICKET_ID,
} from './release.fixture';

const { previewed, approved, applying, paused, verifying, applied, failed, rollbackRequested, rollingBack, rolledBack } = history;

describe('the execution', () => {
  const ok = { observedDigest: DIGEST, url: 'http://127.0.0.1:1', changed: true, durationMs: 1200 };
  it('is mirrored to the end', async () => {
    await given(previewed(), approved()).when({ type: 'BeginExecution', act: 'apply', executionId: EXECUTION_ID }).thenEvents(applying());
    await given(previewed(), approved(), applying()).when({ type: 'VerifyExecution', executionId: EXECUTION_ID }).thenEvents(verifying());
    await given(previewed(), approved(), applying(), verifying())
      .when({ type: 'SucceedExecution', act: 'apply', executionId: EXECUTION_ID, ...ok })
      .thenEvents(applied());
  });
  it('of somebody else changes nothing', () =>
    given(previewed(), approved(), applying())
      .when({ type: 'SucceedExecution', act: 'apply', executionId: OLD_RELEASE.releaseId, ...ok })
      .thenNothing());
  it('pauses and is resumed by a person, once', async () => {
    await given(previewed(), approved(), applying())
      .when({ type: 'PauseExecution', executionId: EXECUTION_ID, why: 'too few requests' })
      .thenEvents(paused());
    const resumed = happened('release.resumed', 'applying', { execution_id: EXECUTION_ID, reason: 'enough seen' });
    await given(previewed(), approved(), applying(), paused()).when({ type: 'ResumeRelease', reason: 'enough seen' }).thenEvents(resumed);
    await given(previewed(), approved(), applying(), paused(), resumed)
      .when({ type: 'ResumeRelease', reason: 'enough seen' })
      .thenRefused('release_not_resumable');
  });
  it('that let go for another release supersedes; for a fault it fails without condemning', async () => {
    const abandon = {
      type: 'AbandonExecution' as const,
      act: 'apply' as const,
      executionId: EXECUTION_ID,
      why: 'the slot moved',
      code: 'preview_mismatch',
    };
    await given(previewed(), approved())
      .when({ ...abandon, byReleaseId: OLD_RELEASE.releaseId })
      .thenEvents(happened('release.superseded', 'superseded', { by_release_id: OLD_RELEASE.releaseId }));
    const diagnostics = {
      summary: 'the slot moved',
      step: null,
      outcome: 'errored' as const,
      payload: { code: 'preview_mismatch', execution_id: EXECUTION_ID },
    };
    await given(previewed(), approved())
      .when({ ...abandon, byReleaseId: null })
      .thenEvents(happened('release.failed', 'failed', { execution_id: null, slot_id: SLOT_ID, diagnostics, outcome: 'errored' }));
  });
});

describe('rollback', () => {
  const toOld = { to_release_id: OLD_RELEASE.releaseId, to_artifact_version: OLD_RELEASE.artifactVersion };
  const ran = [previewed(), approved(), applying(), applied()];
  it('goes back to what the slot ran before', () =>
    given(...ran)
      .when(rollback())
      .thenEvents(rollbackRequested()));
  it('asks for a ticket in production, and the release stays applied meanwhile', async () => {
    const command = rollback({ current: current({ slot: slotWithThis }) });
    const events = [...ran, rollbackRequested(ticketId(RELEASE_ID, 'rollback', 'rollback-command'))];
    const state = given(...events).fold();
    expect(state).toMatchObject({
      phase: 'applied',
      rollback: { status: 'pending_approval' },
      facts: { rollback_status: 'pending_approval' },
    });
    await given(...events)
      .when(command)
      .thenNothing();
    await given(...events)
      .when({
        type: 'GrantApproval',
        ticketId: ticketId(RELEASE_ID, 'rollback', 'rollback-command'),
        previewRef: REF,
        approvedBy: ['approver'],
        slot: slotWithThis,
      })
      .thenEvents(
        happened('release.rollback_approved', 'applied', {
          ticket_id: ticketId(RELEASE_ID, 'rollback', 'rollback-command'),
          approved_by: ['approver'],
          ...toOld,
          slot_id: SLOT_ID,
        }),
      );
    await given(...events)
      .when({ type: 'BeginExecution', act: 'rollback', executionId: EXECUTION_ID })
      .thenNothing();
  });
  it('rejected leaves the release as it was', () =>
    expect(
      given(
        ...ran,
        rollbackRequested(TICKET_ID),
        happened('release.rollback_rejected', 'applied', { ticket_id: TICKET_ID, why: 'rejected', by: 'approver', comment: null }),
      ).fold(),
    ).toMatchObject({ phase: 'applied', rollback: null, facts: { status: 'applied', rollback_status: 'rejected' } }));
  it('of the first release of a slot is unavailable', () =>
    given(...ran)
      .when(rollback({ current: current({ slot: { ...slotWithThis, previous: null } }) }))
      .thenRefused('rollback_unavailable'));
  it('of a release that no longer runs is unavailable', () =>
    given(...ran)
      .when(rollback({ current: current({ slot: slotWithOld }) }))
      .thenRefused('rollback_unavailable'));
  it('of one that never ran is unavailable', () => given(previewed()).when(rollback()).thenRefused('rollback_unavailable'));
  it('waits for what runs in the slot', () =>
    given(...ran)
      .when(rollback({ current: { ...rollback().current, busyWith: OLD_RELEASE.releaseId } }))
      .thenRefused('slot_busy'));
  it('of one that could not be told brings back what the slot ran, as long as nothing came in between', async () => {
    const unclear = [previewed(), approved(), applying(), failed('errored')];
    const over = (position: number) => rollback({ current: current({ type: 'development', slot: { ...slotWithOld, position } }) });
    const requested = rollbackRequested();
    const detail = { ...(requested.detail as object), failed_execution_id: EXECUTION_ID };
    await given(...unclear)
      .when(over(0))
      .thenEvents({ ...requested, status: 'failed', detail } as typeof requested);
    await given(...unclear)
      .when(over(12))
      .thenRefused('rollback_unavailable');
  });
  it('is mirrored to the end', async () => {
    await given(...ran, rollbackRequested())
      .when({ type: 'BeginExecution', act: 'rollback', executionId: EXECUTION_ID })
      .thenEvents(rollingBack());
    await given(...ran, rollbackRequested(), rollingBack())
      .when({
        type: 'SucceedExecution',
        act: 'rollback',
        executionId: EXECUTION_ID,
        observedDigest: DIGEST,
        url: null,
        changed: true,
        durationMs: 1200,
      })
      .thenEvents(rolledBack());
  });
});

describe('the automatic rollback', () => {
  const ran = [previewed(), approved(), applying()];
  const command = {
    type: 'RollBackFailedRelease' as const,
    actorId: 'service:release',
    warnings: [],
    current: current({ slot: slotWithOld }),
  };
  it('follows a release that is bad, without a ticket, in production too', async () => {
    const state = given(...ran, failed('failed')).when(command);
    await state.thenEvents(
      happened('release.rollback_requested', 'failed', {
        automatic: true,
        reason: 'health check failed',
        requested_by: 'service:release',
        to_release_id: OLD_RELEASE.releaseId,
        to_artifact_version: OLD_RELEASE.artifactVersion,
        slot_id: SLOT_ID,
        approval: null,
        failed_execution_id: EXECUTION_ID,
        time_bound_s: 300,
        warnings: [],
      }),
    );
  });
  it.each(['errored', 'inconclusive'] as const)('does not follow %s', (outcome) =>
    given(...ran, failed(outcome))
      .when(command)
      .thenNothing(),
  );
  it('needs the policy', () =>
    given(...ran, failed())
      .when({ ...command, current: { ...command.current, policy: { ...command.current.policy, automatic_rollback: false } } })
      .thenNothing());
  it('needs something to go back to', () =>
    given(...ran, failed())
      .when({ ...command, current: current() })
      .thenNothing());
  it('does not touch a slot that moved on', () =>
    given(...ran, failed())
      .when({ ...command, current: current({ slot: { ...slotWithOld, position: 12 } }) })
      .thenNothing());
});
