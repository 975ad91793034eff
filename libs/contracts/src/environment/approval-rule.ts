import type { ApprovalAct, ApprovalRequest, Priority } from '../approval/approval-request';
import { RISK_LEVELS, type Risk } from '../release/draft';
import type { EnvironmentPolicy } from './environment.policy';

/** What the policy asks for, for one act at one risk. */
export interface AppliedRule {
  readonly required: boolean;
  readonly quorum: number;
  readonly required_role: string | null;
  readonly priority: Priority;
  readonly sla_s: number | null;
  /** In words, for people. */
  readonly rule: string;
}

const ACT_IN_WORDS: Record<ApprovalAct, string> = {
  apply: 'an apply',
  rollback: 'a rollback',
  install: 'an installation',
  infra_apply: 'applying infrastructure',
  infra_destroy: 'destroying infrastructure',
  policy_change: 'a change of policy',
};

export const riskRank = (level: Risk['level']): number => RISK_LEVELS.indexOf(level);

/** The approval rule that a risk level picks (issue 4, policy). */
export function appliedRule(policy: EnvironmentPolicy, environment: string, act: ApprovalAct, risk: Risk['level']): AppliedRule {
  const special = policy.rules.findLast((rule) => riskRank(rule.risk) <= riskRank(risk));
  const quorum = special?.quorum ?? policy.quorum;
  const role = special?.required_role === undefined ? policy.required_role : special.required_role;
  const applied = {
    required: policy.approval_for.includes(act),
    quorum,
    required_role: role,
    priority: special?.priority ?? policy.priority,
    sla_s: special?.sla_s === undefined ? policy.sla_s : special.sla_s,
  };
  return { ...applied, rule: inWords(policy, environment, act, applied, special && risk) };
}

function inWords(
  policy: EnvironmentPolicy,
  environment: string,
  act: ApprovalAct,
  { required, quorum, required_role }: Omit<AppliedRule, 'rule'>,
  risk: Risk['level'] | undefined,
): string {
  if (!required) return `The policy of ${environment} asks for no approval of ${ACT_IN_WORDS[act]}.`;
  const { approvers } = policy;
  const approvals = quorum === 1 ? 'one approval' : `${quorum} approvals`;
  const of = approvers.length > 0 ? ` of ${approvers.length} named approvers` : '';
  const role = required_role ? ` in the role '${required_role}'` : '';
  const whom = policy.four_eyes ? ', never by who asked' : '';
  const why = risk ? ` (risk ${risk})` : '';
  return `The policy of ${environment} asks for ${approvals}${of} with ${policy.required_permission}${role}${whom}, before ${ACT_IN_WORDS[act]}${why}.`;
}

/** A moment `seconds` after another; null where there is no limit. Both RFC 3339, UTC, milliseconds. */
export const secondsAfter = (now: string, seconds: number | null): string | null =>
  seconds === null ? null : new Date(Date.parse(now) + seconds * 1000).toISOString();

/** The parts of an approval request that follow from the policy. */
export function requestByPolicy(
  policy: EnvironmentPolicy,
  policyVersion: number,
  rule: AppliedRule,
  now: string,
): Omit<ApprovalRequest, 'ticket_id' | 'act' | 'risk' | 'title' | 'summary'> {
  return {
    required_permission: policy.required_permission,
    required_role: rule.required_role,
    approvers: policy.approvers,
    quorum: rule.quorum,
    four_eyes: policy.four_eyes,
    expires_at: secondsAfter(now, policy.ticket_ttl_s),
    sla_s: rule.sla_s,
    reminder_before_s: policy.reminder_before_s,
    escalate_to_role: policy.escalate_to_role,
    priority: rule.priority,
    rule: rule.rule,
    policy_version: policyVersion,
  };
}
