import { Button, Collapse, Group } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { EnvironmentView } from '../api/client';
import { Panel } from '../display/page';
import { shownActs } from '../policy/acts';
import { MEMBERS, valueText, type Policy } from '../policy/policy-words';
import { WaitingChange } from '../policy/waiting-change';
import { useMay } from '../session/session';
import { PolicyHistory } from './policy-history';

const PolicyEditor = lazy(() => import('../policy/policy-editor').then(({ PolicyEditor: component }) => ({ default: component })));

const asksForNothing = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);

/** The policy, member by member, in words; what asks for nothing is left out, but for what needs no approval and has no limit. */
const factsOf = (policy: Policy): [string, string][] =>
  (Object.keys(MEMBERS) as (keyof Policy)[])
    .filter((member) => member === 'approval_for' || member === 'ticket_ttl_s' || !asksForNothing(policy[member]))
    .map((member) => [MEMBERS[member], valueText(member, member === 'approval_for' ? shownActs(policy.approval_for) : policy[member])]);

/** What the environment asks for before something runs in it, how that came to be, and how it is changed. */
export function PolicyPanel({ environment }: { environment: EnvironmentView }) {
  const [opened, setOpened] = useState(false);
  const [editing, setEditing] = useState(false);
  const place = { project: environment.project_id, environment: environment.environment_id };
  const mayChange = [useMay('deploy:release:apply', place), useMay('deploy:release:approve', place)].every(Boolean);
  return (
    <Panel
      title="Policy"
      aside={
        <Group gap={6}>
          <Button size="compact-xs" variant="subtle" onClick={() => setOpened(!opened)} aria-expanded={opened}>
            {opened ? 'Hide versions' : 'Versions'}
          </Button>
          {mayChange && (
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => setEditing(true)}
              aria-label={`Change the policy of ${environment.title}`}
            >
              Change
            </Button>
          )}
        </Group>
      }
    >
      <WaitingChange environment={environment} />
      <Collapse expanded={opened}>{opened && <PolicyHistory environment={environment} />}</Collapse>
      <dl className="facts">
        {factsOf(environment.policy).map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {editing && (
        <Suspense fallback={null}>
          <PolicyEditor environment={environment} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </Panel>
  );
}
