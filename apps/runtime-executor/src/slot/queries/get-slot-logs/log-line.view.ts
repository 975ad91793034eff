import type { SlotLogLine, SlotLogQuery } from '@slipway/contracts';
import type { FollowLogsOptions, WorkloadLogLine } from '@slipway/runtime-target';
import type { Redactor } from '@slipway/secrets';

const MAX_LINE = 8192;
const DEFAULT_TAIL = 100;

export const followOptions = ({ process, replica, since_seconds, tail }: SlotLogQuery, follow: boolean): FollowLogsOptions => ({
  ...(process !== undefined && { process }),
  ...(replica !== undefined && { replica }),
  ...(since_seconds !== undefined && { sinceSeconds: since_seconds }),
  tail: tail ?? DEFAULT_TAIL,
  follow,
});

export const logLineView = ({ at, releaseId, process, replica, line }: WorkloadLogLine, redactor: Redactor): SlotLogLine => ({
  at,
  release_id: releaseId,
  process,
  replica,
  line: redactor.text(line).slice(0, MAX_LINE),
});
