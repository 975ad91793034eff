import './check-list.css';
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import type { Schemas } from '../api/client';
import { ToneMark } from './marks';

const CHECK = {
  pass: { tone: 'ok', icon: IconCircleCheck },
  warn: { tone: 'wait', icon: IconAlertTriangle },
  fail: { tone: 'bad', icon: IconCircleX },
} as const;

/** What was checked, how it came out, and what to do about it. */
export const CheckList = ({ checks }: { checks: readonly Schemas['Check'][] }) => (
  <ul className="checks">
    {checks.map(({ name, result, message }) => (
      <li key={name}>
        <ToneMark {...CHECK[result]} plain>
          {result}
        </ToneMark>
        <span>
          <b>{name}</b> {message}
        </span>
      </li>
    ))}
  </ul>
);
