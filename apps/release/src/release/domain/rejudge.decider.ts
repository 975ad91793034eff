import { appliedRule, type ApprovalRequest, type EnvironmentPolicy, type NewReleaseEvent } from '@slipway/contracts';
import { clip } from './clip';
import type { RejudgeRelease } from './release.commands';
import { emit } from './release.emit';
import type { DraftedRelease } from './release.state';

/**
 * A release that waits, for its ticket or for its turn, and whose environment or target moved since its preview, will not run: it
 * ends as superseded, and its ticket with it. A rollback stays what it was, so it only ends if the policy now asks its approvers for
 * something else. One that was merely previewed is refused when it is applied.
 */
export function rejudge(now: RejudgeRelease, release: DraftedRelease): NewReleaseEvent[] {
  if (release.phase === 'pending_approval' || release.phase === 'approved') {
    const why = outdated(now, release);
    return why === null ? [] : emit(release, 'release.superseded', 'superseded', { by_release_id: null, why: clip(why, 300) });
  }
  const rollback = 'rollback' in release ? release.rollback : null;
  if (
    rollback?.status !== 'pending_approval' ||
    !rollback.asked ||
    !asksForMore(now.environment.policy, release.subject.environment_name, rollback.asked)
  )
    return [];
  const comment = `${policyChanged(now, release)} and asks for another approval of rollbacks; ask for the rollback again.`;
  return emit(release, 'release.rollback_rejected', release.phase, {
    ticket_id: rollback.asked.ticket_id,
    why: 'superseded',
    by: null,
    comment: clip(comment, 300),
  });
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
