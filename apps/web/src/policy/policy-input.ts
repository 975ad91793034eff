import type { Schemas } from '../api/client';
import type { Policy } from './policy-words';

export type Changes = Schemas['PreviewPolicy']['policy'];

/** A policy as it is edited: a rule that asks for nothing of its own is no rule, and lists have no empty names. */
export function tidy(policy: Policy): Policy {
  const rules = policy.rules
    .map((rule) => Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined && value !== '')))
    .filter((rule) => Object.keys(rule).length > 1) as Policy['rules'];
  const named = (role: string | null): string | null => role?.trim() || null;
  return {
    ...policy,
    rules,
    required_role: named(policy.required_role),
    escalate_to_role: named(policy.escalate_to_role),
    approvers: policy.approvers.map((name) => name.trim()).filter(Boolean),
  };
}

/** The members that differ: what is sent, so that whatever somebody else changed meanwhile stays. */
export function changesBetween(before: Policy, after: Policy): Changes {
  const differs = (member: string): boolean => canonical(before[member as keyof Policy]) !== canonical(after[member as keyof Policy]);
  return Object.fromEntries(Object.entries(after).filter(([member]) => differs(member)));
}

/** Lists of choices are sets: their order says nothing. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, of]) => `${name}:${canonical(of)}`);
  return `{${members.sort().join(',')}}`;
}

/** What cannot be meant, by member; the platform judges the rest. */
export function problemsOf(policy: Policy): Partial<Record<keyof Policy, string>> {
  const { approvers, automatic_approval: automatic, promotion, working_hours: hours } = policy;
  const quorum = Math.max(policy.quorum, ...policy.rules.map((rule) => rule.quorum ?? 1));
  const problems: [keyof Policy, boolean, string][] = [
    ['quorum', !(policy.quorum >= 1 && policy.quorum <= 20), 'From 1 to 20'],
    [
      'quorum',
      approvers.length > 0 && quorum > approvers.length,
      `${quorum} approvals cannot come from ${approvers.length} named ${approvers.length === 1 ? 'approver' : 'approvers'}; name more, or ask for fewer`,
    ],
    ['rules', policy.rules.some(({ quorum: of }) => of !== undefined && !(of >= 1 && of <= 20)), 'Approvals are from 1 to 20'],
    ['allowed_strategies', policy.allowed_strategies.length === 0, 'Allow at least one, or nothing can run here'],
    ['automatic_approval', automatic !== null && automatic.strategies.length === 0, 'Choose the strategies that go through'],
    ['automatic_approval', automatic !== null && automatic.actor_types.length === 0, 'Choose whose releases go through'],
    ['promotion', promotion !== null && promotion.after.length === 0, 'Choose where it must have run'],
    ['working_hours', hours !== null && hours.days.length === 0, 'Choose the days'],
    ['working_hours', hours !== null && !(hours.from && hours.to), 'Say from when to when'],
    ['preview_ttl_s', !(policy.preview_ttl_s > 0), 'A preview holds for a while, not for ever'],
    ['rollback_time_bound_s', !(policy.rollback_time_bound_s > 0), 'Say how long a rollback may take'],
  ];
  const found: Partial<Record<keyof Policy, string>> = {};
  for (const [member, wrong, message] of problems) if (wrong) found[member] ??= message;
  return found;
}
