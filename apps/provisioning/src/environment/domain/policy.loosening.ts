import {
  appliedRule,
  PRIORITIES,
  RISK_LEVELS,
  riskRank,
  sameJson,
  type AutomaticApproval,
  type EnvironmentPolicy,
  type Priority,
  type Promotion,
} from '@slipway/contracts';

type Policy = EnvironmentPolicy;
/** In words, what a change of one member loosens; null where it is the same or provably stricter. */
type Loosening<M extends keyof Policy> = (
  before: Policy[M],
  after: Policy[M],
  policies: { before: Policy; after: Policy },
) => string | null;

/** Every member says for itself what stricter means; what it cannot tell counts as looser. */
const LOOSENINGS: { readonly [M in keyof Policy]: Loosening<M> } = {
  approval_for: (before, after) => told(lost(before, after), (acts) => `no approval any more for ${acts}`),
  required_permission: (before, after) => (before === after ? null : `approvers need ${after} instead of ${before}`),
  required_role: anotherRole,
  approvers: (before, after) => {
    if (before.length === 0) return null;
    return after.length === 0
      ? 'anybody with the permission may approve'
      : told(lost(after, before), (people) => `${people} may approve, too`);
  },
  quorum: (before, after) => (after < before ? `${after} instead of ${before} approvals` : null),
  four_eyes: (before, after) => (before && !after ? 'requesters may approve their own requests' : null),
  ticket_ttl_s: (before, after) => longer('tickets wait', before, after),
  preview_ttl_s: (before, after) => longer('previews hold', before, after),
  sla_s: (before, after) => longer('an answer may take', before, after),
  priority: lessUrgent,
  reminder_before_s: (before, after) =>
    before !== null && (after === null || after < before) ? `reminders come ${after === null ? 'no more' : 'later'}` : null,
  escalate_to_role: (before, after) =>
    before === null || before === after ? null : `escalated to ${after ?? 'nobody'} instead of ${before}`,
  rules: (before, after, policies) => (sameJson(before, after) ? null : weakerRules(policies.before, policies.after)),
  automatic_approval: widened,
  allowed_strategies: (before, after) => told(lost(after, before), (strategies) => `${strategies} is allowed, too`),
  promotion: sooner,
  change_required: (before, after) => (before && !after ? 'artifacts need no recorded change any more' : null),
  working_hours: (before, after) => (before === null || sameJson(before, after) ? null : 'changes are thought less risky at other hours'),
  automatic_rollback: (before, after) => {
    if (before === after) return null;
    return after ? 'what fails is rolled back without a ticket' : 'what fails is not rolled back by itself any more';
  },
  rollback_without_ticket: (before, after) => told(lost(after, before), (types) => `rollbacks by ${types} need no ticket any more`),
  rollback_time_bound_s: (before, after) => longer('a rollback may take', before, after),
};

/** What a change of policy loosens, in words; empty only where every member is the same or provably stricter. */
export const loosenings = (before: Policy, after: Policy): string[] =>
  members().flatMap((member) => looseningOf(member, before, after) ?? []);

const members = () => Object.keys(LOOSENINGS) as (keyof Policy)[];

function looseningOf<M extends keyof Policy>(member: M, before: Policy, after: Policy): string | null {
  return LOOSENINGS[member](before[member], after[member], { before, after });
}

const lost = <T>(before: readonly T[], after: readonly T[]): T[] => before.filter((one) => !after.includes(one));
const told = (found: readonly string[], words: (joined: string) => string): string | null =>
  found.length > 0 ? words(found.join(', ')) : null;

function anotherRole(before: string | null, after: string | null): string | null {
  if (before === null || before === after) return null;
  return `approvers need ${after === null ? 'no role any more' : `the role ${after} instead of ${before}`}`;
}

/** `null`: no limit. */
function longer(what: string, before: number | null, after: number | null): string | null {
  if (before === null || (after !== null && after <= before)) return null;
  return `${what} ${after === null ? 'without a limit' : `${after} s`} instead of ${before} s`;
}

function lessUrgent(before: Priority, after: Priority): string | null {
  return PRIORITIES.indexOf(after) > PRIORITIES.indexOf(before) ? `priority ${after} instead of ${before}` : null;
}

/** By what holds at each risk in the end: a rule may go where the policy itself asks for as much. */
function weakerRules(before: Policy, after: Policy): string | null {
  const weaker = RISK_LEVELS.flatMap((risk) => {
    const [was, is] = [before, after].map((policy) => appliedRule(policy, '', 'apply', risk)) as [Rule, Rule];
    const what = [
      LOOSENINGS.quorum(was.quorum, is.quorum, { before, after }),
      anotherRole(was.required_role, is.required_role),
      lessUrgent(was.priority, is.priority),
      longer('an answer may take', was.sla_s, is.sla_s),
    ].filter((one) => one !== null);
    return what.length > 0 ? [`at risk ${risk}: ${what.join(', ')}`] : [];
  });
  return weaker.length > 0 ? weaker.join('; ') : null;
}
type Rule = ReturnType<typeof appliedRule>;

function widened(before: AutomaticApproval | null, after: AutomaticApproval | null): string | null {
  if (after === null) return null;
  if (before === null) return 'some changes are approved in advance';
  const narrower: { readonly [M in keyof AutomaticApproval]: boolean } = {
    max_risk: riskRank(after.max_risk) <= riskRank(before.max_risk),
    strategies: lost(after.strategies, before.strategies).length === 0,
    actor_types: lost(after.actor_types, before.actor_types).length === 0,
    allow_warnings: before.allow_warnings || !after.allow_warnings,
    allow_one_way: before.allow_one_way || !after.allow_one_way,
  };
  const wider = Object.entries(narrower).flatMap(([member, holds]) => (holds ? [] : [member]));
  return told(wider, (joined) => `more changes are approved in advance (${joined})`);
}

function sooner(before: Promotion | null, after: Promotion | null): string | null {
  if (before === null) return null;
  if (after === null) return 'nothing has to run elsewhere first';
  const skipped = lost(before.after, after.after);
  if (skipped.length > 0) return `nothing has to run in ${skipped.join(', ')} first`;
  return after.soak_s < before.soak_s ? `it has to run elsewhere for ${after.soak_s} s instead of ${before.soak_s} s` : null;
}
