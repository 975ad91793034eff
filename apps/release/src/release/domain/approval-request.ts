import {
  appliedRule,
  leadingSentence,
  requestByPolicy,
  ticketId,
  withoutPeriod,
  type ApprovalRequest,
  type Risk,
} from '@slipway/contracts';
import { clip } from './clip';
import type { CurrentBasis } from './release.commands';
import type { DraftedRelease } from './release.state';

/** What an approver is asked, by the environment's policy. The ticket's id derives from the command that asked. */
export function approvalRequest(
  release: DraftedRelease,
  act: 'apply' | 'rollback',
  { policy, policyVersion }: Pick<CurrentBasis, 'policy' | 'policyVersion'>,
  asked: { readonly now: string; readonly commandId: string },
  rollback?: { readonly toArtifactVersion: string; readonly reason: string | null; readonly warnings: readonly string[] },
): ApprovalRequest {
  const risk = rollback ? rollbackRisk(rollback.warnings) : release.draft.risk;
  const rule = appliedRule(policy, release.subject.environment_name, act, risk.level);
  return {
    ticket_id: ticketId(release.releaseId, act, asked.commandId),
    act,
    ...requestByPolicy(policy, policyVersion, rule, asked.now),
    risk: risk.level,
    risk_reasons: risk.reasons,
    title: clip(rollback ? rollbackTitle(release, rollback.toArtifactVersion) : applyTitle(release), 300),
    summary: clip(rollback ? rollbackSummary(rollback) : applySummary(release), 2000),
  };
}

/** What lies in between is what makes a rollback risky. */
const rollbackRisk = (warnings: readonly string[]): Risk => ({ level: warnings.length > 0 ? 'high' : 'medium', reasons: [...warnings] });

const applyTitle = ({ subject }: DraftedRelease): string =>
  `Apply ${subject.service_name} ${subject.artifact_version} to ${subject.environment_name}/${subject.target_name}`;
const rollbackTitle = ({ subject }: DraftedRelease, to: string): string =>
  `Roll ${subject.service_name} in ${subject.environment_name}/${subject.target_name} back from ${subject.artifact_version} to ${to}`;

function applySummary({ subject, draft }: DraftedRelease): string {
  const reason = leadingSentence(subject.reason);
  const risks = draft.risk.reasons.length > 0 ? ` because ${draft.risk.reasons.join('; ')}` : '';
  const warnings = draft.checks.filter(({ result }) => result === 'warn').map(({ message }) => withoutPeriod(message));
  const warned = warnings.length > 0 ? ` Warnings: ${warnings.join('; ')}.` : '';
  const truncated = draft.diff_truncated ? ' or more' : '';
  return `${reason}${draft.actions.length} actions, ${draft.diff.length}${truncated} differences, ${subject.strategy.type}. Risk ${draft.risk.level}${risks}.${warned}`;
}

function rollbackSummary({ reason, warnings }: { reason: string | null; warnings: readonly string[] }): string {
  const why = leadingSentence(reason);
  return warnings.length > 0 ? `${why}What lies between: ${warnings.join('; ')}.` : `${why}Nothing one-way lies between.`;
}
