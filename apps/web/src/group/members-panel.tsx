import './group.css';
import { Progress, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { GroupView, TimelineEntry } from '../api/client';
import { StatusMark } from '../display/marks';
import { Panel } from '../display/page';
import { executionsOf, type ExecutionView } from '../release/executions';
import { StepsPanel } from '../release/steps-panel';
import { entriesOf, groupProgress } from './group-text';

type Member = GroupView['members'][number];

/** The members in their order, each with where it stands; a press shows its steps. */
export function MembersPanel({ group, entries }: { group: GroupView; entries: readonly TimelineEntry[] }) {
  const { done, all } = groupProgress(group);
  return (
    <Panel
      title={`Services, one after the other (${all})`}
      flush
      aside={
        <Text size="xs" c="var(--quiet)">
          {done} of {all} applied
        </Text>
      }
    >
      <Progress
        value={(100 * done) / all}
        size={3}
        radius={0}
        aria-label={`${done} of ${all} services applied`}
        color={group.diagnostics_json ? 'red.7' : 'teal.7'}
      />
      <ol className="members" aria-label="Services of the group">
        {group.members.map((member) => (
          <MemberRow
            key={member.release_id}
            member={member}
            asked={group.status === 'pending_approval'}
            executions={executionsOf(entriesOf(entries, member.release_id))}
          />
        ))}
      </ol>
    </Panel>
  );
}

/** What it is doing, or what went wrong. */
function lastWord(executions: readonly ExecutionView[]): { text: string; bad: boolean } | undefined {
  const steps = executions.flatMap(({ steps: all }) => all);
  const failed = steps.findLast(({ state, summary }) => summary !== null && ['failed', 'errored', 'inconclusive'].includes(state));
  const running = steps.findLast(({ state }) => state === 'running' || state === 'paused');
  if (running) return { text: running.title, bad: false };
  return failed && { text: failed.summary!, bad: true };
}

interface MemberRowProps {
  member: Member;
  executions: readonly ExecutionView[];
  /** The group's own ticket is still open. */
  asked: boolean;
}

function MemberRow({ member, executions, asked }: MemberRowProps) {
  const [opened, setOpened] = useState(false);
  const [step, setStep] = useState<string | null>(null);
  const word = lastWord(executions);
  const Chevron = opened ? IconChevronDown : IconChevronRight;
  return (
    <li>
      <div className="member">
        <span className="member-ordinal">{member.ordinal}</span>
        <div className="member-what">
          <Link to="/releases/$id" params={{ id: member.release_id }} className="quiet-link">
            {member.service_name} <span className="numbers">{member.artifact_version}</span>
          </Link>{' '}
          <span className="quiet">
            to {member.target_name} ({member.runtime_type})
          </span>
          {word && (
            <p className="member-word" data-bad={word.bad || undefined} role={word.bad ? 'alert' : undefined}>
              {word.text}
            </p>
          )}
        </div>
        <StatusMark release={{ status: member.status, paused: false, group_id: member.release_id, approval_required: asked }} />
        <UnstyledButton
          fz="xs"
          c="var(--quiet)"
          aria-expanded={opened}
          aria-label={`Steps of ${member.service_name}`}
          disabled={executions.length === 0}
          onClick={() => setOpened(!opened)}
        >
          <Chevron size={16} aria-hidden />
        </UnstyledButton>
      </div>
      {opened &&
        executions
          .filter(({ steps }) => steps.length > 0)
          .map((execution) => <StepsPanel key={execution.id} execution={execution} selected={step} onSelect={setStep} />)}
    </li>
  );
}
