import type { ReleaseView } from '../api/client';
import { PAUSED, STATUS, type Mark } from '../display/lifecycle';

type Status = ReleaseView['status'];
export interface Stage extends Mark {
  readonly state: 'done' | 'now' | 'ahead' | 'skipped';
}

/** What travels the lifecycle: a release, or several as one. */
export interface Travelled extends Pick<ReleaseView, 'status' | 'approval_required' | 'approval_ticket' | 'paused' | 'execution_id'> {
  readonly rollback: { readonly automatic: boolean } | null;
}

const ORDER: readonly Status[] = ['previewed', 'pending_approval', 'approved', 'applying', 'verifying', 'applied'];
const BEFORE_RUNNING: readonly Status[] = ['rejected', 'expired', 'superseded', 'cancelled'];

/** How far a release came that ended without running to its end. */
function lastBefore({ execution_id: execution, approval_required: required, approval_ticket: ticket }: Travelled): Status {
  if (execution !== null) return 'applying';
  return required && ticket !== null ? 'pending_approval' : 'previewed';
}

function stage(status: Status, state: Stage['state']): Stage {
  return { ...STATUS[status], state };
}

/** The canonical lifecycle with what this release has reached: the end it came to stands where the road ends. */
export function stagesOf(release: Travelled): Stage[] {
  const road: Status[] = ORDER.filter((status) => status !== 'verifying' && (status !== 'pending_approval' || release.approval_required));
  const { status } = release;
  if (BEFORE_RUNNING.includes(status)) {
    const reached = road.slice(0, road.indexOf(lastBefore(release)) + 1);
    return [...reached.map((passed) => stage(passed, 'done')), stage(status, 'now')];
  }
  const rolledBack = status === 'rolling_back' || status === 'rolled_back' || status === 'rollback_failed';
  if (rolledBack || status === 'failed') {
    const end: Status = release.rollback?.automatic || status === 'failed' ? 'failed' : 'applied';
    const travelled = road.slice(0, -1).map((passed) => stage(passed, 'done'));
    return rolledBack ? [...travelled, stage(end, 'done'), stage(status, 'now')] : [...travelled, stage(end, 'now')];
  }
  const at = status === 'verifying' ? 'applying' : road.includes(status) ? status : 'approved';
  const index = road.indexOf(at);
  return road.map((passed, position) => {
    if (position < index || (position === index && status === 'applied')) return stage(passed, 'done');
    if (position > index) return stage(passed, 'ahead');
    return release.paused ? { ...PAUSED, state: 'now' } : stage(status === 'verifying' ? status : at, 'now');
  });
}
