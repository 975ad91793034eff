import { appliedRule, withoutPeriod, type ApprovalRequest, type EnvironmentPolicy, type NewReleaseEvent } from '@slipway/contracts';
import { clip } from './clip';
import type { RejudgeRelease, SlotReading } from './release.commands';
import { emit } from './release.emit';
import type { DraftedRelease, RollbackRequest } from './release.state';
import { restorable } from './rollback.decider';

/**
 * A release that waits, for its ticket or for its turn, and whose environment, target or slot moved since its preview, will not run: it
 * ends as superseded, and its ticket with it. A rollback stays what it was, so it only ends if the policy now asks its approvers for
 * something else, or if there is nothing of it to take back any more. One that was merely previewed is refused when it is applied.
 */
export function rejudge(now: RejudgeRelease, release: DraftedRelease): NewReleaseEvent[] {
  if (release.phase === 'pending_approval' || release.phase === 'approved') {
    const why = outdated(now, release);
    return why === null ? supersedeBySlot(now.slot, release) : supersede(release, null, why);
  }
  const asked = awaitedRollback(release)?.asked;
  if (!asked) return [];
  if (!asksForMore(now.environment.policy, release.subject.environment_name, asked)) return withdrawRollback(now.slot, release);
  return reject(
    release,
    asked.ticket_id,
    `${policyChanged(now, release)} and asks for another approval of rollbacks; ask for the rollback again.`,
  );
}

/** An apply that waits for a slot that another release came into, or that somebody holds, would be refused at its turn. */
export function supersedeBySlot({ position, current, previous, hold }: SlotReading, release: DraftedRelease): NewReleaseEvent[] {
  // It is what came into the slot: the report of its execution is under way.
  if (current?.releaseId === release.releaseId || previous?.releaseId === release.releaseId) return [];
  if (position !== release.draft.basis.slot_position) {
    const what = current ? `${release.subject.service_name} ${current.artifactVersion}` : 'Another release';
    return supersede(release, current?.releaseId ?? null, `${what} came into its slot after its preview; preview it again.`);
  }
  if (!hold) return [];
  return supersede(release, null, `'${hold.by}' holds its slot: ${withoutPeriod(hold.reason)}. Once it is resumed, preview it again.`);
}

/** A rollback that waits for its ticket and could not bring back any more what its approvers are asked about. */
export function withdrawRollback(slot: SlotReading, release: DraftedRelease): NewReleaseEvent[] {
  const rollback = awaitedRollback(release);
  if (!rollback?.ticketId) return [];
  const to = restorable(release, slot);
  if (typeof to === 'string') return reject(release, rollback.ticketId, `There is nothing to take back any more: ${to}`);
  if (to.releaseId === rollback.toReleaseId) return [];
  const comment = `It would go back to ${to.artifactVersion} by now, not to ${rollback.toArtifactVersion}; ask for the rollback again.`;
  return reject(release, rollback.ticketId, comment);
}

function awaitedRollback(release: DraftedRelease): RollbackRequest | null {
  const rollback = 'rollback' in release ? release.rollback : null;
  return rollback?.status === 'pending_approval' ? rollback : null;
}

const supersede = (release: DraftedRelease, byReleaseId: string | null, why: string): NewReleaseEvent[] =>
  emit(release, 'release.superseded', 'superseded', { by_release_id: byReleaseId, why: clip(why, 300) });

function reject(release: DraftedRelease, ticketId: string, comment: string): NewReleaseEvent[] {
  const detail = { ticket_id: ticketId, why: 'superseded' as const, by: null, comment: clip(comment, 300) };
  return emit(release, 'release.rollback_rejected', release.phase, detail);
}

function outdated(now: RejudgeRelease, release: DraftedRelease): string | null {
  const { basis } = release.draft;
  if (now.environment.version > basis.environment_version) return `${policyChanged(now, release)} after its preview; preview it again.`;
  if (now.target.version <= basis.target_version) return null;
  const target = `The target ${release.subject.target_name}`;
  return now.target.deleted ? `${target} was deleted; choose another.` : `${target} changed after its preview; preview it again.`;
}

function policyChanged({ environment }: RejudgeRelease, { subject }: DraftedRelease): string {
  const because = environment.policyReason ? `: ${environment.policyReason}` : '';
  return `The policy of ${subject.environment_name} changed (version ${environment.policyVersion}${because})`;
}

/** Whoever may decide, and how many must, is another than the ticket says. A policy that asks for no ticket at all voids none. */
export function asksForMore(policy: EnvironmentPolicy, environment: string, asked: ApprovalRequest): boolean {
  const rule = appliedRule(policy, environment, 'rollback', asked.risk);
  if (!rule.required) return false;
  const demands = [policy.required_permission, rule.required_role, rule.quorum, policy.four_eyes, policy.approvers];
  const of = [asked.required_permission, asked.required_role ?? null, asked.quorum, asked.four_eyes, asked.approvers ?? []];
  return JSON.stringify(demands) !== JSON.stringify(of);
}
