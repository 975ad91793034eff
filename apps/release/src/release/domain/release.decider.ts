import type { Basis, NewReleaseEvent } from '@slipway/contracts';
import { requireOpen, verdictOf } from '@slipway/gates';
import { approvalRequest } from './approval-request';
import { promoted } from './draft/policy.checks';
import { cancel } from './cancel.decider';
import { asksForTicket } from './draft/approval.need';
import { followExecution } from './execution.decider';
import { followGroup } from './member.decider';
import type { ApplyRelease, ExpirePreview, GrantApproval, PreviewRelease, RefuseApproval, ReleaseCommand } from './release.commands';
import { emit } from './release.emit';
import {
  basisMoved,
  checksFailed,
  notApplicable,
  notResumable,
  previewExpired,
  previewRequired,
  quotedAnother,
  releaseInGroup,
  slotBusy,
  slotHeld,
  type Moved,
} from './release.errors';
import type { DraftedRelease, Release } from './release.state';
import { rejudge, supersedeBySlot, withdrawRollback } from './rejudge.decider';
import { rollBackFailed, rollbackRelease } from './rollback.decider';

type Events = NewReleaseEvent[];

/**
 * The release's rules (ARCHITECTURE.md, section 6). Pure; a command that changes nothing gives `[]`, as does one from a
 * reaction whose time has passed.
 * @throws SlipwayError `preview_required`, `preview_expired`, `preview_mismatch`, `preview_checks_failed`, `slot_held`, `slot_busy`,
 * `release_not_applicable`, `release_in_group`, `release_not_cancellable`, `release_not_resumable`, `rollback_unavailable`
 */
export function decide(command: ReleaseCommand, release: Release): Events {
  if (command.type === 'PreviewRelease') return release.phase === 'none' ? preview(command) : [];
  if (release.phase === 'none') return [];
  switch (command.type) {
    case 'ApplyRelease':
      return apply(command, alone(release));
    case 'CancelRelease':
      return cancel(alone(release), command.reason);
    case 'ResumeRelease':
      return resume(release, command.reason);
    case 'RollbackRelease':
      return rollbackRelease(command, alone(release));
    case 'RollBackFailedRelease':
      return rollBackFailed(command, release);
    case 'GrantApproval':
      return grant(command, release);
    case 'RefuseApproval':
      return refuse(command, release);
    case 'ExpirePreview':
      return expire(command, release);
    case 'SupersedeRelease':
      return supersede(release, command.byReleaseId);
    case 'RejudgeRelease':
      return rejudge(command, release);
    case 'AwaitGroup':
    case 'TakeTurn':
    case 'LeaveGroup':
    case 'TakeBackWithGroup':
      return followGroup(command, release);
    default:
      return followExecution(command, release);
  }
}

/** @throws SlipwayError `release_in_group` for a member: nobody moves it by itself. */
export function alone(release: DraftedRelease): DraftedRelease {
  if (release.subject.group_id) throw releaseInGroup(release.releaseId, release.subject.group_id);
  return release;
}

function preview({ subject, draft, previewRef, teamId }: PreviewRelease): Events {
  const environmentId = subject.environment_id;
  return [{ action: 'release.previewed', status: 'previewed', environmentId, teamId, previewRef, detail: { subject, draft } }];
}

function apply(command: ApplyRelease, release: DraftedRelease): Events {
  if (!isApplicable(command.previewRef, command.now, release)) return [];
  requireApplicable(command, release);
  const needsTicket = asksForTicket(release.draft.approval, command.current.policy, command.actorType);
  return needsTicket ? askForApproval(command, release) : approveByPolicy(release);
}

/**
 * Whether an apply that quotes `previewRef` now has something to do; what moved since is then still to be looked at. False:
 * it was applied for already.
 * @throws SlipwayError `preview_required`, `preview_mismatch`, `preview_expired`, `release_not_applicable`
 */
export function isApplicable(quoted: string | undefined, now: string, release: DraftedRelease): boolean {
  const { releaseId, draft, previewRef } = release;
  if (!quoted) throw previewRequired(releaseId);
  if (quoted !== previewRef) throw quotedAnother(releaseId, quoted, previewRef);
  if (release.phase === 'pending_approval' || release.phase === 'approved') return false;
  if (release.phase === 'expired') throw previewExpired(releaseId, draft.expires_at);
  if (release.phase !== 'previewed') throw notApplicable(releaseId, release.phase);
  if (now >= draft.expires_at) throw previewExpired(releaseId, draft.expires_at);
  return true;
}

/**
 * Whether anything may begin there at all speaks first, then the slot's own state: it is what the caller can act on.
 * @throws SlipwayError `frozen`, `line_stopped`, `slot_held`, `slot_busy`, `preview_mismatch`, `preview_checks_failed`
 */
export function requireApplicable(
  { current, now }: Pick<ApplyRelease, 'current' | 'now'>,
  { releaseId, subject, draft }: DraftedRelease,
): void {
  requireOpen(verdictOf(current.gates, 'apply', now));
  if (current.slot.hold) throw slotHeld(subject.slot_id, current.slot.hold);
  if (current.busyWith) throw slotBusy(subject.slot_id, current.busyWith);
  const moved = movedSince(draft.basis, current.basis);
  if (moved.length > 0) throw basisMoved(releaseId, moved);
  const { policy, ranIn } = current;
  for (const checks of [draft.checks, promoted({ policy, subject, ranIn, now })]) {
    const failed = checks.filter(({ result }) => result === 'fail');
    if (failed.length > 0) throw checksFailed(releaseId, failed);
  }
}

function movedSince(then: Basis, now: Basis): Moved[] {
  const moved: readonly [Moved, boolean][] = [
    ['environment', then.environment_version !== now.environment_version],
    ['target', then.target_version !== now.target_version],
    ['slot', then.slot_position !== now.slot_position],
    ['variables', then.variables_digest !== now.variables_digest],
  ];
  return moved.filter(([, hasMoved]) => hasMoved).map(([what]) => what);
}

function askForApproval(command: ApplyRelease, release: DraftedRelease): Events {
  const approval = approvalRequest(release, 'apply', command.current, command);
  const detail = { approval, slot_id: release.subject.slot_id, apply_requested_by: command.actorId };
  return emit(release, 'release.pending_approval', 'pending_approval', detail);
}

function approveByPolicy(release: DraftedRelease): Events {
  const detail = { automatic: true, ticket_id: null, approved_by: [], rule: release.draft.approval.rule, slot_id: release.subject.slot_id };
  return emit(release, 'release.approved', 'approved', detail);
}

function resume(release: DraftedRelease, reason: string | null): Events {
  const paused = (release.phase === 'applying' || release.phase === 'verifying') && release.paused;
  if (!paused) throw notResumable(release.releaseId, release.phase);
  return emit(release, 'release.resumed', release.phase, { execution_id: release.executionId, reason });
}

/**
 * An approval counts for the ticket and the draft it was given for, and for nothing else; one that comes when the slot has moved on
 * ends what it was given for, as if the move had been seen first.
 */
function grant(command: GrantApproval, release: DraftedRelease): Events {
  if (command.previewRef !== release.previewRef) return [];
  const { slot_id } = release.subject;
  const approved_by = [...command.approvedBy];
  if (release.phase === 'pending_approval' && release.ticketId === command.ticketId) {
    const ended = supersedeBySlot(command.slot, release);
    if (ended.length > 0) return ended;
    const detail = { automatic: false, ticket_id: command.ticketId, approved_by, rule: release.rule, slot_id };
    return emit(release, 'release.approved', 'approved', detail);
  }
  const rollback = awaitedRollback(release, command.ticketId);
  if (!rollback) return [];
  const withdrawn = withdrawRollback(command.slot, release);
  if (withdrawn.length > 0) return withdrawn;
  const to = { to_release_id: rollback.toReleaseId, to_artifact_version: rollback.toArtifactVersion };
  return emit(release, 'release.rollback_approved', release.phase, { ticket_id: command.ticketId, approved_by, ...to, slot_id });
}

function refuse({ ticketId, why, by, comment, at }: RefuseApproval, release: DraftedRelease): Events {
  if (release.phase === 'pending_approval' && release.ticketId === ticketId) {
    return why === 'expired'
      ? emit(release, 'release.expired', 'expired', { what: 'ticket', expired_at: at })
      : emit(release, 'release.rejected', 'rejected', { ticket_id: ticketId, rejected_by: by ?? '', comment });
  }
  if (!awaitedRollback(release, ticketId)) return [];
  return emit(release, 'release.rollback_rejected', release.phase, { ticket_id: ticketId, why, by, comment });
}

function awaitedRollback(release: DraftedRelease, ticketId: string) {
  const rollback = 'rollback' in release ? release.rollback : null;
  return rollback?.status === 'pending_approval' && rollback.ticketId === ticketId ? rollback : null;
}

function expire({ now }: ExpirePreview, release: DraftedRelease): Events {
  if (release.phase !== 'previewed' || now < release.draft.expires_at) return [];
  return emit(release, 'release.expired', 'expired', { what: 'preview', expired_at: release.draft.expires_at });
}

function supersede(release: DraftedRelease, byReleaseId: string): Events {
  if (release.phase !== 'pending_approval' && release.phase !== 'approved') return [];
  return emit(release, 'release.superseded', 'superseded', { by_release_id: byReleaseId });
}
