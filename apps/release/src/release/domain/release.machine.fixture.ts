import fc from 'fast-check';
import { defaultPolicy, digestOf } from '@slipway/contracts';
import type { ReleaseCommand } from './release.commands';
import {
  current,
  DIGEST,
  draft,
  EXECUTION_ID,
  freeDraft,
  LATER,
  NOW,
  OLD_RELEASE,
  slotWithOld,
  slotWithThis,
  subject,
  TICKET_ID,
} from './release.fixture';
import type { Phase } from './release.state';

/** Commands at random, and commands that lead on from a phase, for walks through the release's state machine. */
const ROLLBACK_TICKET = 'tkt-000000000000000000000000';

const execution = fc.constantFrom(EXECUTION_ID, 'exe-000000000000000000000000');
const act = fc.constantFrom('apply' as const, 'rollback' as const);
const slot = fc.constantFrom(slotWithOld, slotWithThis, current().slot, { ...slotWithOld, hold: { by: 'x', since: NOW, reason: '' } });
const basis = fc.record({
  policy: fc.constantFrom(defaultPolicy('production'), defaultPolicy('staging'), {
    ...defaultPolicy('staging'),
    automatic_rollback: false,
  }),
  slot,
  busyWith: fc.option(fc.constant(OLD_RELEASE.releaseId)),
});
const currentBasis = basis.map((given) => current(given));
const asked = { now: fc.constantFrom(NOW, LATER), actorId: fc.constant('developer'), commandId: fc.constantFrom('apply-command', 'other') };
const moved = (version: number, policy = defaultPolicy('production'), slotNow = current().slot): ReleaseCommand => ({
  type: 'RejudgeRelease',
  environment: { version, policy, policyVersion: version, policyReason: 'audit' },
  target: { version: 1, deleted: false },
  slot: slotNow,
});
const outcome = fc.constantFrom('failed' as const, 'errored' as const, 'inconclusive' as const, 'aborted' as const);
const diagnostics = { summary: 'why', step: null, outcome: 'failed' as const, payload: {} };
const approvals = {
  ticketId: fc.constantFrom(TICKET_ID, ROLLBACK_TICKET),
  previewRef: fc.constantFrom(digestOf(draft()), digestOf(freeDraft()), DIGEST),
};

export const command: fc.Arbitrary<ReleaseCommand> = fc.oneof(
  fc
    .constantFrom(draft(), freeDraft())
    .map((of) => ({ type: 'PreviewRelease' as const, subject: subject(), draft: of, previewRef: digestOf(of), teamId: '_' })),
  fc.record({
    type: fc.constant('ApplyRelease' as const),
    actorType: fc.constantFrom('human' as const, 'agent' as const),
    ...asked,
    previewRef: approvals.previewRef,
    current: currentBasis,
  }),
  fc.record({ type: fc.constant('CancelRelease' as const), reason: fc.constant(null) }),
  fc.record({ type: fc.constant('ResumeRelease' as const), reason: fc.constant(null) }),
  fc.record({
    type: fc.constant('RollbackRelease' as const),
    actorType: fc.constant('human' as const),
    ...asked,
    reason: fc.constant(null),
    warnings: fc.constant([]),
    current: currentBasis,
  }),
  fc.record({
    type: fc.constant('RollBackFailedRelease' as const),
    actorId: fc.constant('service:release'),
    warnings: fc.constant([]),
    current: currentBasis,
  }),
  fc.record({ type: fc.constant('GrantApproval' as const), ...approvals, approvedBy: fc.constant(['approver']), slot }),
  fc.record({
    type: fc.constant('RefuseApproval' as const),
    ticketId: approvals.ticketId,
    why: fc.constantFrom('rejected' as const, 'expired' as const),
    by: fc.constant('approver'),
    comment: fc.constant(null),
    at: fc.constant(NOW),
  }),
  fc.record({ type: fc.constant('ExpirePreview' as const), now: asked.now }),
  fc.record({ type: fc.constant('SupersedeRelease' as const), byReleaseId: fc.constant(OLD_RELEASE.releaseId) }),
  fc.constantFrom(moved(1), moved(2), moved(2, { ...defaultPolicy('production'), quorum: 2 })),
  slot.map((now) => moved(1, defaultPolicy('production'), now)),
  fc.record({ type: fc.constant('BeginExecution' as const), act, executionId: execution }),
  fc.record({ type: fc.constant('PauseExecution' as const), executionId: execution, why: fc.constant('few requests') }),
  fc.record({ type: fc.constant('ContinueExecution' as const), executionId: execution }),
  fc.record({ type: fc.constant('VerifyExecution' as const), executionId: execution }),
  fc.record({
    type: fc.constant('SucceedExecution' as const),
    act,
    executionId: execution,
    observedDigest: fc.constant(DIGEST),
    url: fc.constant(null),
    changed: fc.boolean(),
    durationMs: fc.constant(10),
  }),
  fc.record({ type: fc.constant('FailExecution' as const), act, executionId: execution, outcome, diagnostics: fc.constant(diagnostics) }),
  fc.record({
    type: fc.constant('AbandonExecution' as const),
    act,
    executionId: execution,
    why: fc.constant('moved'),
    code: fc.constant('superseded'),
    byReleaseId: fc.option(fc.constant(OLD_RELEASE.releaseId)),
  }),
);

const of = draft();
const cancel: ReleaseCommand = { type: 'CancelRelease', reason: null };
const given = { now: NOW, actorId: 'developer', commandId: 'apply-command' };
const supersede: ReleaseCommand = { type: 'SupersedeRelease', byReleaseId: OLD_RELEASE.releaseId };
const run = { executionId: EXECUTION_ID, act: 'apply' as const };
const undo = { executionId: EXECUTION_ID, act: 'rollback' as const };
const done = { observedDigest: DIGEST, url: null, changed: true, durationMs: 10 };
const bad = { outcome: 'failed' as const, diagnostics };
const takeBack: readonly ReleaseCommand[] = [
  {
    type: 'RollbackRelease',
    actorType: 'human',
    ...given,
    reason: null,
    warnings: [],
    current: current({ type: 'staging', slot: slotWithThis }),
  },
  {
    type: 'RollbackRelease',
    actorType: 'human',
    ...given,
    reason: null,
    warnings: [],
    current: current({ type: 'staging', slot: slotWithOld }),
  },
  { type: 'RollBackFailedRelease', actorId: 'service:release', warnings: [], current: current({ slot: slotWithOld }) },
  { type: 'BeginExecution', ...undo },
  { type: 'AbandonExecution', ...undo, why: 'moved', code: 'superseded', byReleaseId: null },
];
const refusal = { type: 'RefuseApproval' as const, ticketId: TICKET_ID, by: 'approver', comment: null, at: NOW };
/** Commands that lead on from a phase, so that walks get deep; all others come at random. */
const LEADS_ON: Partial<Record<Phase, readonly ReleaseCommand[]>> = {
  none: [draft(), freeDraft()].map((drawn) => ({
    type: 'PreviewRelease',
    subject: subject(),
    draft: drawn,
    previewRef: digestOf(drawn),
    teamId: '_',
  })),
  previewed: [
    { type: 'ApplyRelease', actorType: 'human', ...given, previewRef: digestOf(of), current: current() },
    { type: 'ApplyRelease', actorType: 'human', ...given, previewRef: digestOf(freeDraft()), current: current({ type: 'development' }) },
  ],
  pending_approval: [
    { type: 'GrantApproval', ticketId: TICKET_ID, previewRef: digestOf(of), approvedBy: ['approver'], slot: current().slot },
    { ...refusal, why: 'rejected' },
    supersede,
    moved(2),
  ],
  approved: [{ type: 'BeginExecution', ...run }, { type: 'BeginExecution', ...run }, supersede, cancel],
  applying: [
    { type: 'VerifyExecution', executionId: EXECUTION_ID },
    { type: 'SucceedExecution', ...run, ...done },
    { type: 'FailExecution', ...run, ...bad },
    { type: 'PauseExecution', executionId: EXECUTION_ID, why: 'few requests' },
  ],
  verifying: [
    { type: 'SucceedExecution', ...run, ...done },
    { type: 'FailExecution', ...run, ...bad },
  ],
  applied: takeBack,
  failed: takeBack,
  rollback_failed: takeBack,
  rolling_back: [
    { type: 'SucceedExecution', ...undo, ...done },
    { type: 'FailExecution', ...undo, ...bad },
  ],
};
export const choice = fc.oneof({ weight: 1, arbitrary: command }, { weight: 3, arbitrary: fc.nat(11) });
export type Choice = ReleaseCommand | number;
export function chosen(from: Choice, phase: Phase): ReleaseCommand {
  if (typeof from !== 'number') return from;
  const leading = LEADS_ON[phase] ?? [cancel];
  return leading[from % leading.length]!;
}
