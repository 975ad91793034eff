import type { SlotLogLine, SlotLogQuery } from '@slipway/contracts';
import type { FollowLogsOptions, WorkloadLogLine } from '@slipway/runtime-target';
import type { SlotRedaction } from '../../slot-redaction';

const MAX_LINE = 8192;
const DEFAULT_TAIL = 100;

export const followOptions = ({ process, replica, since_seconds, tail }: SlotLogQuery, follow: boolean): FollowLogsOptions => ({
  ...(process !== undefined && { process }),
  ...(replica !== undefined && { replica }),
  ...(since_seconds !== undefined && { sinceSeconds: since_seconds }),
  tail: tail ?? DEFAULT_TAIL,
  follow,
});

export async function logLineView(
  { at, releaseId, process, replica, line }: WorkloadLogLine,
  redaction: Pick<SlotRedaction, 'text'>,
): Promise<SlotLogLine> {
  return { at, release_id: releaseId, process, replica, line: (await redaction.text(releaseId, line)).slice(0, MAX_LINE) };
}
