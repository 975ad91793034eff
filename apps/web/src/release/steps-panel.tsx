import { Text, UnstyledButton } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClockPause,
  IconLoader2,
  type Icon,
} from '@tabler/icons-react';
import { duration } from '../display/format';
import type { Tone } from '../display/lifecycle';
import { Panel } from '../display/page';
import { Lasting } from '../display/times';
import type { ExecutionView, StepState, StepView } from './executions';
import './steps.css';

const LOOK: Readonly<Record<StepState, { icon: Icon; tone: Tone; says: string }>> = {
  waiting: { icon: IconCircle, tone: 'neutral', says: 'waiting' },
  running: { icon: IconLoader2, tone: 'run', says: 'running' },
  paused: { icon: IconClockPause, tone: 'wait', says: 'paused' },
  succeeded: { icon: IconCircleCheck, tone: 'ok', says: 'succeeded' },
  failed: { icon: IconCircleX, tone: 'bad', says: 'failed' },
  errored: { icon: IconAlertTriangle, tone: 'bad', says: 'could not tell' },
  inconclusive: { icon: IconAlertTriangle, tone: 'wait', says: 'inconclusive' },
  aborted: { icon: IconCircleX, tone: 'neutral', says: 'aborted' },
  skipped: { icon: IconCircleDashed, tone: 'neutral', says: 'skipped' },
};

interface StepsPanelProps {
  execution: ExecutionView;
  selected: string | null;
  onSelect: (step: string | null) => void;
}

/** The steps of one execution; the error stands under the step that failed, a press shows the step's log. */
export function StepsPanel({ execution, selected, onSelect }: StepsPanelProps) {
  const done = execution.steps.filter(({ state }) => state === 'succeeded').length;
  return (
    <Panel
      flush
      title={execution.act === 'apply' ? 'Steps' : 'Rollback steps'}
      aside={
        <Text size="xs" c="var(--quiet)">
          {done} of {execution.steps.length}
          {execution.attempt > 1 && ` · attempt ${execution.attempt}`}
        </Text>
      }
    >
      <ol className="steps">
        {execution.steps.map((step) => (
          <li key={step.step} data-state={step.state}>
            <StepRow step={step} selected={selected === step.step} onSelect={onSelect} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function StepRow({ step, selected, onSelect }: { step: StepView; selected: boolean; onSelect: StepsPanelProps['onSelect'] }) {
  const { icon: Symbol, tone, says } = LOOK[step.state];
  return (
    <>
      <UnstyledButton className="step" aria-pressed={selected} onClick={() => onSelect(selected ? null : step.step)}>
        <span data-tone={tone} className="step-icon">
          <Symbol size={17} aria-hidden />
        </span>
        <span className="step-title">{step.title}</span>
        <span className="step-aside">
          {step.state === 'running' && step.startedAt ? (
            <Lasting since={step.startedAt} />
          ) : step.durationMs !== null ? (
            <span className="numbers">{duration(step.durationMs)}</span>
          ) : null}
          <span className="step-says">{says}</span>
        </span>
      </UnstyledButton>
      {step.summary && (
        <p className="step-error" data-tone={tone} role={tone === 'bad' ? 'alert' : undefined}>
          {step.summary}
        </p>
      )}
    </>
  );
}
