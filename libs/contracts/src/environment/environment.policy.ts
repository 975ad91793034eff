import { Type, type Static } from 'typebox';
import { sameJson } from '../platform/canonical-json';
import { Closed, Nullable, Text } from '../platform/envelope';
import type { EnvironmentType } from '../platform/lifecycle';
import { NameSchema } from '../platform/names';
import { PERMISSIONS } from '../platform/permissions';
import { RISK_LEVELS } from '../release/draft';
import { STRATEGY_TYPES } from '../release/strategy';
import { APPROVAL_ACTS, PRIORITIES } from '../approval/approval-request';

const Seconds = Type.Integer({ minimum: 1, maximum: 31_536_000 });
const Quorum = Type.Integer({ minimum: 1, maximum: 20 });
const ActorTypes = Type.Array(Type.Enum(['human', 'agent', 'service']), { maxItems: 3 });

/** What a risk level asks for on top of the policy; the highest rule at or below the risk of a change applies. */
export const ApprovalRuleSchema = Closed({
  risk: Type.Enum([...RISK_LEVELS], { description: 'From this level on' }),
  quorum: Type.Optional(Quorum),
  required_role: Type.Optional(Nullable(NameSchema)),
  priority: Type.Optional(Type.Enum([...PRIORITIES])),
  sla_s: Type.Optional(Nullable(Seconds)),
});
export type ApprovalRule = Static<typeof ApprovalRuleSchema>;

/** Conditions under which an apply needs no ticket although the policy asks for one; all of them must hold. */
export const AutomaticApprovalSchema = Closed({
  max_risk: Type.Enum([...RISK_LEVELS]),
  strategies: Type.Array(Type.Enum([...STRATEGY_TYPES]), { minItems: 1, maxItems: 3 }),
  /** Of who previews, and of who applies. */
  actor_types: ActorTypes,
  allow_warnings: Type.Boolean({ description: 'Checks that warn do not stand in the way' }),
  allow_one_way: Type.Boolean({ description: 'Steps that a rollback cannot undo do not stand in the way' }),
});
export type AutomaticApproval = Static<typeof AutomaticApprovalSchema>;

/** The same content must have run in each of these environments for a while, without failing, before it may come here. */
export const PromotionSchema = Closed({
  after: Type.Array(NameSchema, { minItems: 1, maxItems: 10, description: 'Environments of the project, by name' }),
  soak_s: Type.Integer({ minimum: 0, maximum: 31_536_000 }),
});
export type Promotion = Static<typeof PromotionSchema>;

const CLOCK = '^([01][0-9]|2[0-3]):[0-5][0-9]$';
/** When people are around to see what a change does; outside of it a change is riskier. */
export const WorkingHoursSchema = Closed({
  timezone: Text(60, { minLength: 1, description: 'IANA time zone, e.g. Europe/Berlin' }),
  days: Type.Array(Type.Enum(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']), { minItems: 1, maxItems: 7 }),
  from: Type.String({ pattern: CLOCK }),
  to: Type.String({ pattern: CLOCK }),
});
export type WorkingHours = Static<typeof WorkingHoursSchema>;

/**
 * What an environment asks for before something runs in it. The default is the matrix of spec 001, section 3.1.
 * Times are in seconds; `null` means no limit.
 */
export const EnvironmentPolicySchema = Closed({
  approval_for: Type.Array(Type.Enum([...APPROVAL_ACTS]), { maxItems: 10, description: 'Acts that need a ticket' }),
  required_permission: Type.Enum([...PERMISSIONS]),
  required_role: Nullable(NameSchema),
  approvers: Type.Array(Text(200, { minLength: 1 }), {
    maxItems: 50,
    description: 'The M of "N of M": only these people decide; empty: whoever has permission and role',
  }),
  quorum: Quorum,
  four_eyes: Type.Boolean({ description: 'The requester never approves' }),
  ticket_ttl_s: Nullable(Seconds),
  preview_ttl_s: Seconds,
  sla_s: Nullable(Seconds),
  priority: Type.Enum([...PRIORITIES]),
  reminder_before_s: Nullable(Seconds),
  escalate_to_role: Nullable(NameSchema),
  rules: Type.Array(ApprovalRuleSchema, { maxItems: 4 }),
  automatic_approval: Nullable(AutomaticApprovalSchema),
  allowed_strategies: Type.Array(Type.Enum([...STRATEGY_TYPES]), { minItems: 1, maxItems: 3 }),
  promotion: Nullable(PromotionSchema),
  change_required: Type.Boolean({ description: 'Only artifacts of a recorded change may come (spec 003, stage 1)' }),
  working_hours: Nullable(WorkingHoursSchema),
  automatic_rollback: Type.Boolean({ description: 'A release that fails verification is rolled back without a ticket' }),
  rollback_without_ticket: Type.Array(Type.Enum(['human', 'agent', 'service']), {
    maxItems: 3,
    description: 'Whose rollbacks need no ticket, even where rollbacks do',
  }),
  rollback_time_bound_s: Seconds,
});
export type EnvironmentPolicy = Static<typeof EnvironmentPolicySchema>;

/** Spec 001, section 3.1; preview expiry from ARCHITECTURE.md, section 6. P0: what is critical, within a quarter of an hour. */
export function defaultPolicy(type: EnvironmentType): EnvironmentPolicy {
  const production = type === 'production';
  return {
    approval_for: production ? [...APPROVAL_ACTS] : [],
    required_permission: production ? 'deploy:release:approve' : 'deploy:release:apply',
    required_role: null,
    approvers: [],
    quorum: 1,
    four_eyes: true,
    ticket_ttl_s: production ? 30 * 60 : null,
    preview_ttl_s: production ? 15 * 60 : 30 * 60,
    sla_s: production ? 30 * 60 : type === 'staging' ? 2 * 60 * 60 : null,
    priority: production ? 'P1' : type === 'staging' ? 'P2' : 'P3',
    reminder_before_s: production ? 10 * 60 : null,
    escalate_to_role: null,
    rules: production ? [{ risk: 'critical', priority: 'P0', sla_s: 15 * 60 }] : [],
    automatic_approval: null,
    allowed_strategies: [...STRATEGY_TYPES],
    promotion: null,
    change_required: false,
    working_hours: null,
    automatic_rollback: true,
    rollback_without_ticket: [],
    rollback_time_bound_s: 300,
  };
}

/** A policy as an event holds it, possibly of an earlier version of the platform: what it lacks is the type's default. */
export const completePolicy = (type: EnvironmentType, stored: Partial<EnvironmentPolicy>): EnvironmentPolicy => ({
  ...defaultPolicy(type),
  ...stored,
});

/** A policy with some members replaced; members given as undefined stay. Lists in a fixed order, each entry once. */
export function mergePolicy(policy: EnvironmentPolicy, changes: Partial<EnvironmentPolicy>): EnvironmentPolicy {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const merged: EnvironmentPolicy = { ...policy, ...given };
  const rank = (rule: ApprovalRule): number => RISK_LEVELS.indexOf(rule.risk);
  return {
    ...merged,
    approval_for: APPROVAL_ACTS.filter((act) => merged.approval_for.includes(act)),
    allowed_strategies: STRATEGY_TYPES.filter((type) => merged.allowed_strategies.includes(type)),
    approvers: [...new Set(merged.approvers)],
    rules: [...merged.rules].sort((a, b) => rank(a) - rank(b)),
  };
}

/** Members that differ, with their values; for a person who judges a change of policy. */
export function policyChanges(before: EnvironmentPolicy, after: EnvironmentPolicy): { member: string; before: unknown; after: unknown }[] {
  return (Object.keys(after) as (keyof EnvironmentPolicy)[])
    .filter((member) => !sameJson(before[member], after[member]))
    .map((member) => ({ member, before: before[member], after: after[member] }));
}
