import type { ActorType, EnvironmentPolicy, NewReleaseEvent } from '@slipway/contracts';
import { requireOpen, verdictOf } from '@slipway/gates';
import { approvalRequest } from './approval-request';
import type { CurrentBasis, RollBackFailedRelease, RollbackRelease, SlotReading } from './release.commands';
import { emit } from './release.emit';
import { rollbackUnavailable, slotBusy } from './release.errors';
import type { DraftedRelease } from './release.state';

type Earlier = NonNullable<SlotReading['current']>;

/** A person takes a release back: to what the slot ran before it, with a ticket where policy asks for one. */
export function rollbackRelease(command: RollbackRelease, release: DraftedRelease): NewReleaseEvent[] {
  if (release.phase === 'rolling_back') return [];
  if (release.phase !== 'applied' && release.phase !== 'failed' && release.phase !== 'rollback_failed') throw neverRan(release);
  if (release.rollback) return [];
  requireOpen(verdictOf(command.current.gates, 'rollback', command.now));
  const to = restorable(release, command.current.slot);
  if (typeof to === 'string') throw rollbackUnavailable(release.releaseId, to);
  if (command.current.busyWith) throw slotBusy(release.subject.slot_id, command.current.busyWith);
  const { policy } = command.current;
  const asked = { toArtifactVersion: to.artifactVersion, reason: command.reason, warnings: command.warnings };
  const approval = needsTicket(policy, command.actorType) ? approvalRequest(release, 'rollback', command.current, command, asked) : null;
  return emit(release, 'release.rollback_requested', release.phase, {
    ...requested(release, to, command.current),
    automatic: false,
    reason: command.reason,
    requested_by: command.actorId,
    approval,
    warnings: [...command.warnings],
  });
}

/** Whether the policy asks for a ticket before this kind of actor rolls back. */
export const needsTicket = (policy: EnvironmentPolicy, actorType: ActorType): boolean =>
  policy.approval_for.includes('rollback') && !policy.rollback_without_ticket.includes(actorType);

/**
 * The rollback that policy allows in advance: of a release that is bad (`failed`, `aborted`), never of one that could not be
 * told (`errored`, `inconclusive`). Also where the execution left the old release serving (`restored`): running the
 * restore proves in the log that the old release runs, and is a no-op at a target that already does.
 */
export function rollBackFailed(command: RollBackFailedRelease, release: DraftedRelease): NewReleaseEvent[] {
  if (release.phase !== 'failed' || release.rollback || release.executionId === null) return [];
  if (release.outcome !== 'failed' && release.outcome !== 'aborted') return [];
  if (!command.current.policy.automatic_rollback) return [];
  const to = restorable(release, command.current.slot);
  if (typeof to === 'string') return [];
  return emit(release, 'release.rollback_requested', 'failed', {
    ...requested(release, to, command.current),
    automatic: true,
    reason: release.facts.diagnostics_json?.summary ?? null,
    requested_by: command.actorId,
    approval: null,
    warnings: [...command.warnings],
  });
}

/** What a request for a rollback says of both ends. */
export function requested(release: DraftedRelease, to: Earlier, { policy }: CurrentBasis) {
  return {
    to_release_id: to.releaseId,
    to_artifact_version: to.artifactVersion,
    slot_id: release.subject.slot_id,
    failed_execution_id: release.phase === 'failed' ? release.executionId : null,
    time_bound_s: policy.rollback_time_bound_s,
  };
}

/** What runs again when the release is taken back, by the slot's log; or why nothing can. */
export function restorable(release: DraftedRelease, slot: SlotReading): Earlier | string {
  if (slot.current?.releaseId === release.releaseId) {
    return slot.previous ?? 'it is the first release that ever ran in its slot, so there is no earlier one to go back to.';
  }
  if (release.phase === 'applied') return 'it no longer runs in its slot; roll back the release that does.';
  if (slot.position !== release.draft.basis.slot_position) return 'its slot has moved on since; roll back the release that runs there now.';
  return slot.current ?? 'nothing ran in its slot before it, so there is no earlier release to go back to.';
}

function neverRan(release: DraftedRelease) {
  const running = release.phase === 'applying' || release.phase === 'verifying';
  const why = running ? 'it is still being executed; cancel it instead.' : `it is ${release.phase} and does not run.`;
  return rollbackUnavailable(release.releaseId, why);
}
