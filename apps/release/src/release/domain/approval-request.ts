import { ticketId, type ApprovalRequest, type EnvironmentPolicy } from '@slipway/contracts';
import { clip } from './clip';
import type { DraftedRelease } from './release.state';

/** A moment `seconds` after another; null where there is no limit. Both RFC 3339, UTC, milliseconds. */
const after = (now: string, seconds: number | null): string | null =>
  seconds === null ? null : new Date(Date.parse(now) + seconds * 1000).toISOString();

/** What an approver is asked, by the environment's policy. The ticket's id derives from the command that asked. */
export function approvalRequest(
  release: DraftedRelease,
  act: 'apply' | 'rollback',
  policy: EnvironmentPolicy,
  asked: { readonly now: string; readonly commandId: string },
  rollback?: { readonly toArtifactVersion: string; readonly reason: string | null; readonly warnings: readonly string[] },
): ApprovalRequest {
  return {
    ticket_id: ticketId(release.releaseId, act, asked.commandId),
    act,
    required_permission: policy.required_permission,
    quorum: policy.quorum,
    four_eyes: policy.four_eyes,
    expires_at: after(asked.now, policy.ticket_ttl_s),
    sla_s: policy.sla_s,
    priority: policy.priority,
    risk: rollback ? (rollback.warnings.length > 0 ? 'high' : 'medium') : release.draft.risk.level,
    title: clip(rollback ? rollbackTitle(release, rollback.toArtifactVersion) : applyTitle(release), 300),
    summary: clip(rollback ? rollbackSummary(rollback) : applySummary(release), 2000),
  };
}

const applyTitle = ({ subject }: DraftedRelease): string =>
  `Apply ${subject.service_name} ${subject.artifact_version} to ${subject.environment_name}/${subject.target_name}`;
const rollbackTitle = ({ subject }: DraftedRelease, to: string): string =>
  `Roll ${subject.service_name} in ${subject.environment_name}/${subject.target_name} back from ${subject.artifact_version} to ${to}`;

function applySummary({ subject, draft }: DraftedRelease): string {
  const reason = subject.reason ? `${subject.reason}. ` : '';
  const risks = draft.risk.reasons.length > 0 ? ` because ${draft.risk.reasons.join('; ')}` : '';
  const warnings = draft.checks.filter(({ result }) => result === 'warn').map(({ message }) => message);
  const warned = warnings.length > 0 ? ` Warnings: ${warnings.join('; ')}.` : '';
  const truncated = draft.diff_truncated ? ' or more' : '';
  return `${reason}${draft.actions.length} actions, ${draft.diff.length}${truncated} differences, ${subject.strategy.type}. Risk ${draft.risk.level}${risks}.${warned}`;
}

function rollbackSummary({ reason, warnings }: { reason: string | null; warnings: readonly string[] }): string {
  const why = reason ? `${reason}. ` : '';
  return warnings.length > 0 ? `${why}What lies between: ${warnings.join('; ')}.` : `${why}Nothing one-way lies between.`;
}
