import { IconAlertTriangle, IconLock, IconQuestionMark } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { SlotView } from '../api/client';
import { ToneMark } from '../display/marks';
import { Moment } from '../display/times';

/** Whether what runs is what was deployed, as of when, and who holds the place and why; a press leads to where that is dealt with. */
export function SlotState({ slot: { hold, drift, drift_checked_at: checked }, environment }: { slot: SlotView; environment: string }) {
  return (
    <>
      {hold && (
        <Finding
          environment={environment}
          mark={
            <ToneMark tone="wait" icon={IconLock}>
              Held
            </ToneMark>
          }
        >
          by {hold.by}: {hold.reason}
        </Finding>
      )}
      {drift === 'drifted' && (
        <Finding
          environment={environment}
          mark={
            <ToneMark tone="bad" icon={IconAlertTriangle} title="What runs is not what was deployed">
              Drifted
            </ToneMark>
          }
        >
          <Checked at={checked} />
        </Finding>
      )}
      {drift === 'unknown' && checked && (
        <Finding
          environment={environment}
          mark={
            <ToneMark tone="neutral" icon={IconQuestionMark} title="The last check could not tell whether what runs is what was deployed">
              Drift unknown
            </ToneMark>
          }
        >
          <Checked at={checked} />
        </Finding>
      )}
      {drift === 'none' && checked && (
        <span className="visually-hidden">
          as deployed, <Checked at={checked} />
        </span>
      )}
    </>
  );
}

const Checked = ({ at }: { at: string | null }) =>
  at && (
    <>
      checked <Moment at={at} relative />
    </>
  );

const Finding = ({ environment, mark, children }: { environment: string; mark: ReactNode; children: ReactNode }) => (
  <div className="board-finding">
    <Link to="/environments" search={{ environment }} className="quiet-link">
      {mark}
    </Link>
    <span>{children}</span>
  </div>
);
