import type { Icon } from '@tabler/icons-react';
import {
  IconArrowBackUp,
  IconBan,
  IconCheck,
  IconCircleCheck,
  IconClockPause,
  IconClockX,
  IconEye,
  IconHourglass,
  IconPlayerPlay,
  IconReplace,
  IconSearch,
  IconX,
} from '@tabler/icons-react';
import type { ReleaseView } from '../api/client';

/** What a colour means, the same everywhere: see `tones.css`. */
export type Tone = 'neutral' | 'info' | 'wait' | 'run' | 'ok' | 'bad' | 'undo';

export interface Mark {
  readonly label: string;
  readonly tone: Tone;
  readonly icon: Icon;
}

/** Canonical labels of every status: text, icon and tone together, never colour alone. */
export const STATUS: Readonly<Record<ReleaseView['status'], Mark>> = {
  previewed: { label: 'Preview', tone: 'neutral', icon: IconEye },
  pending_approval: { label: 'Pending approval', tone: 'wait', icon: IconHourglass },
  approved: { label: 'Approved', tone: 'info', icon: IconCheck },
  rejected: { label: 'Rejected', tone: 'bad', icon: IconBan },
  expired: { label: 'Expired', tone: 'neutral', icon: IconClockX },
  superseded: { label: 'Superseded', tone: 'neutral', icon: IconReplace },
  cancelled: { label: 'Cancelled', tone: 'neutral', icon: IconBan },
  applying: { label: 'Applying', tone: 'run', icon: IconPlayerPlay },
  verifying: { label: 'Verifying', tone: 'run', icon: IconSearch },
  applied: { label: 'Applied', tone: 'ok', icon: IconCircleCheck },
  failed: { label: 'Failed', tone: 'bad', icon: IconX },
  rolling_back: { label: 'Rolling back', tone: 'undo', icon: IconArrowBackUp },
  rolled_back: { label: 'Rolled back', tone: 'undo', icon: IconArrowBackUp },
  rollback_failed: { label: 'Rollback failed', tone: 'bad', icon: IconX },
};
/** Nothing is asked of anybody: the others of its group come first. */
export const IN_LINE: Mark = { label: 'Waits its turn', tone: 'wait', icon: IconHourglass };
export const PAUSED: Mark = { label: 'Paused', tone: 'wait', icon: IconClockPause };

const ENDED: readonly ReleaseView['status'][] = [
  'rejected',
  'expired',
  'superseded',
  'cancelled',
  'applied',
  'failed',
  'rolled_back',
  'rollback_failed',
];
/** Nothing further happens to it by itself. */
export const hasEnded = ({ status, rollback }: Pick<ReleaseView, 'status' | 'rollback'>): boolean =>
  ENDED.includes(status) && (rollback === null || !['pending_approval', 'requested', 'rolling_back'].includes(rollback.status));

export const RISK_TONE = { low: 'ok', medium: 'info', high: 'wait', critical: 'bad' } as const satisfies Record<ReleaseView['risk'], Tone>;
