import { Button, Collapse } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { EnvironmentView } from '../api/client';
import { seconds, words } from '../display/format';
import { Panel } from '../display/page';
import { PolicyHistory } from './policy-history';

const within = (value: number | null): string => (value === null ? 'no limit' : seconds(value));
const yes = (value: boolean): string => (value ? 'yes' : 'no');
const listed = (values: readonly string[], none: string): string => (values.length === 0 ? none : values.map(words).join(', '));

/** The policy, member by member, in words; what asks for nothing is left out. */
function factsOf(policy: EnvironmentView['policy']): [string, ReactNode][] {
  const { promotion, automatic_approval: automatic, working_hours: hours } = policy;
  return [
    ['Approval for', listed(policy.approval_for, 'nothing')],
    [
      'By',
      <>
        {policy.quorum} with <code>{policy.required_permission}</code>
        {policy.required_role && ` in the role ${policy.required_role}`}
        {policy.approvers.length > 0 && `, of ${policy.approvers.join(', ')}`}
      </>,
    ],
    ['Four eyes', policy.four_eyes ? 'yes, never who asks for it' : 'no'],
    ...policy.rules.map(({ risk, quorum, required_role: role, priority, sla_s: sla }): [string, ReactNode] => [
      `From ${risk} risk`,
      [quorum && `${quorum} approvals`, role && `role ${role}`, priority, sla && `SLA ${seconds(sla)}`].filter(Boolean).join(', '),
    ]),
    ...(automatic
      ? [
          [
            'By itself',
            `up to ${automatic.max_risk} risk, ${listed(automatic.strategies, '')}, asked for by ${listed(automatic.actor_types, 'nobody')}`,
          ] satisfies [string, ReactNode],
        ]
      : []),
    ...(promotion
      ? [['Comes from', `${promotion.after.join(', ')}, after ${seconds(promotion.soak_s)} there`] satisfies [string, ReactNode]]
      : []),
    ...(policy.change_required ? [['Artifacts', 'of a recorded change only'] satisfies [string, ReactNode]] : []),
    ['Strategies', listed(policy.allowed_strategies, 'none')],
    ['Ticket holds', within(policy.ticket_ttl_s)],
    ['Preview holds', seconds(policy.preview_ttl_s)],
    ['SLA', `${policy.priority}, ${within(policy.sla_s)}`],
    ...(hours
      ? [['Working hours', `${hours.days.join(' ')}, ${hours.from} to ${hours.to} ${hours.timezone}`] satisfies [string, ReactNode]]
      : []),
    ['Rolls back by itself', `${yes(policy.automatic_rollback)}, within ${seconds(policy.rollback_time_bound_s)}`],
    ...(policy.rollback_without_ticket.length > 0
      ? [['Rollback without ticket', listed(policy.rollback_without_ticket, '')] satisfies [string, ReactNode]]
      : []),
  ];
}

/** What the environment asks for before something runs in it, and how that came to be. */
export function PolicyPanel({ environment }: { environment: EnvironmentView }) {
  const [opened, setOpened] = useState(false);
  return (
    <Panel
      title="Policy"
      aside={
        <Button size="compact-xs" variant="subtle" onClick={() => setOpened(!opened)} aria-expanded={opened}>
          {opened ? 'Hide versions' : 'Versions'}
        </Button>
      }
    >
      <Collapse expanded={opened}>{opened && <PolicyHistory environment={environment} />}</Collapse>
      <dl className="facts">
        {factsOf(environment.policy).map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
