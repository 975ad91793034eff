import type { EnvironmentView } from '../api/client';
import { seconds, words } from '../display/format';

export type Policy = EnvironmentView['policy'];
type Member = keyof Policy;

/** What each member of a policy is called, in the order in which people read it. */
export const MEMBERS: Readonly<Record<Member, string>> = {
  approval_for: 'Approval for',
  quorum: 'Approvals',
  required_permission: 'With permission',
  required_role: 'In the role',
  approvers: 'Only by',
  four_eyes: 'Four eyes',
  rules: 'By risk',
  automatic_approval: 'Approved in advance',
  allowed_strategies: 'Strategies',
  promotion: 'Comes from',
  change_required: 'Only of a recorded change',
  working_hours: 'Working hours',
  ticket_ttl_s: 'Ticket holds',
  preview_ttl_s: 'Preview holds',
  priority: 'Priority',
  sla_s: 'SLA',
  reminder_before_s: 'Reminds before the end',
  escalate_to_role: 'Escalates to the role',
  automatic_rollback: 'Rolls back by itself',
  rollback_time_bound_s: 'Rollback within',
  rollback_without_ticket: 'Rollback without ticket',
};

const listed = (values: readonly string[], none: string): string => (values.length === 0 ? none : values.map(words).join(', '));

const ruleText = ({ risk, quorum, required_role: role, priority, sla_s: sla }: Policy['rules'][number]): string =>
  `from ${risk} risk: ${[quorum && approvals(quorum), role && `role ${role}`, priority, sla && `SLA ${seconds(sla)}`].filter(Boolean).join(', ')}`;

const approvals = (quorum: number): string => (quorum === 1 ? 'one approval' : `${quorum} approvals`);

function automaticText(automatic: Policy['automatic_approval']): string {
  if (!automatic) return 'nothing';
  const { max_risk: risk, strategies, actor_types: actors, allow_warnings: warnings, allow_one_way: oneWay } = automatic;
  const despite = [warnings && 'warnings', oneWay && 'steps of no return'].filter(Boolean).join(' and ');
  return `up to ${risk} risk, ${listed(strategies, 'no strategy')}, asked for by ${listed(actors, 'nobody')}${despite && `, despite ${despite}`}`;
}

/** A member's value as a person says it; unknown members, of a newer platform, as they are. */
export function valueText(member: string, value: unknown): string {
  switch (member as Member) {
    case 'rules':
      return (value as Policy['rules']).map(ruleText).join('; ') || 'the same for every risk';
    case 'automatic_approval':
      return automaticText(value as Policy['automatic_approval']);
    case 'promotion': {
      const promotion = value as Policy['promotion'];
      return promotion ? `${promotion.after.join(', ')}, after ${seconds(promotion.soak_s)} there` : 'anywhere';
    }
    case 'working_hours': {
      const hours = value as Policy['working_hours'];
      return hours ? `${hours.days.join(' ')}, ${hours.from} to ${hours.to} ${hours.timezone}` : 'any time';
    }
    case 'approvers':
      return (value as string[]).join(', ') || 'whoever may';
    default:
      return plainText(member, value);
  }
}

function plainText(member: string, value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return member.endsWith('_s') ? seconds(value) : String(value);
  if (value === null) return member.endsWith('_s') ? 'no limit' : 'nobody in particular';
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? listed(value as string[], 'nothing') : JSON.stringify(value);
}

export const memberText = (member: string): string => (MEMBERS as Record<string, string | undefined>)[member] ?? words(member);
