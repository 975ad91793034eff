import { IconCheck, IconMinus } from '@tabler/icons-react';
import { STATUS } from '../display/lifecycle';
import './lifecycle.css';
import { stagesOf, type Stage, type Travelled } from './stages';

const SAYS = { done: 'done', now: 'now', ahead: 'to come', skipped: 'skipped' } as const;

export function LifecycleStepper({ release }: { release: Travelled }) {
  return (
    <ol className="lifecycle" aria-label="Lifecycle">
      {stagesOf(release).map(({ label, tone, icon, state }, index) => (
        <li
          key={label}
          data-state={state}
          data-tone={state === 'ahead' ? 'neutral' : tone}
          aria-current={state === 'now' ? 'step' : undefined}
        >
          <span className="lifecycle-mark" aria-hidden>
            <StageIcon icon={icon} tone={tone} state={state} last={index > 0 && label === STATUS.applied.label} />
          </span>
          <span>
            {label}
            <span className="visually-hidden">, {SAYS[state]}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

function StageIcon({ icon: Symbol, tone, state, last }: Pick<Stage, 'icon' | 'tone' | 'state'> & { last: boolean }) {
  if (state === 'done' && !last && tone !== 'bad') return <IconCheck size={14} stroke={2.6} />;
  if (state === 'skipped') return <IconMinus size={14} />;
  return <Symbol size={14} stroke={2.2} />;
}
