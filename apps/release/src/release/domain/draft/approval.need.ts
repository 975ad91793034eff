import {
  appliedRule,
  riskRank,
  type ActorType,
  type ApprovalNeed,
  type AutomaticApproval,
  type Check,
  type EnvironmentPolicy,
  type Risk,
} from '@slipway/contracts';
import { clip } from '../clip';
import type { DraftInput } from './draft.input';

type Judged = Pick<DraftInput, 'policy' | 'subject' | 'actorType'> & { readonly plan: Pick<DraftInput['plan'], 'actions'> };

/** Which approval an apply will need, and by which rule: the risk picks the rule, and policy may approve in advance. */
export function approvalNeed(input: Judged, risk: Risk, checks: readonly Check[]): ApprovalNeed {
  const { policy, subject } = input;
  const rule = appliedRule(policy, subject.environment_name, 'apply', risk.level);
  const automatic = rule.required && policy.automatic_approval !== null && holds(policy.automatic_approval, input, risk, checks);
  const inAdvance = `The policy of ${subject.environment_name} approves this in advance: risk ${risk.level}, ${subject.strategy.type}, asked for by ${input.actorType === 'agent' ? 'an agent' : `a ${input.actorType}`}.`;
  return {
    required: rule.required && !automatic,
    permission: policy.required_permission,
    quorum: rule.quorum,
    four_eyes: policy.four_eyes,
    ticket_ttl_s: policy.ticket_ttl_s,
    rule: clip(automatic ? inAdvance : rule.rule, 300),
  };
}

/**
 * Whether an apply asks for a ticket. What a draft was approved in advance for depends on who asks: whoever applies it must be one for whom the
 * policy approves in advance, too.
 */
export const asksForTicket = (
  { required }: ApprovalNeed,
  { approval_for, automatic_approval }: EnvironmentPolicy,
  actor: ActorType,
): boolean => required || (approval_for.includes('apply') && !automatic_approval?.actor_types.includes(actor));

/** All conditions; a failed check is never approved in advance. */
function holds(automatic: AutomaticApproval, { subject, actorType, plan }: Judged, risk: Risk, checks: readonly Check[]): boolean {
  return (
    riskRank(risk.level) <= riskRank(automatic.max_risk) &&
    automatic.strategies.includes(subject.strategy.type) &&
    automatic.actor_types.includes(actorType) &&
    !checks.some(({ result }) => result === 'fail' || (result === 'warn' && !automatic.allow_warnings)) &&
    (automatic.allow_one_way || !plan.actions.some(({ one_way }) => one_way))
  );
}
