import type { NewReleaseEvent } from '@slipway/contracts';
import { emit } from './release.emit';
import { notCancellable } from './release.errors';
import type { DraftedRelease } from './release.state';

/** Before it runs it ends; while it runs, its execution is told to turn back. @throws SlipwayError `release_not_cancellable` */
export function cancel(release: DraftedRelease, reason: string | null): NewReleaseEvent[] {
  switch (release.phase) {
    case 'previewed':
    case 'pending_approval':
    case 'approved':
      return emit(release, 'release.cancelled', 'cancelled', { reason });
    case 'applying':
    case 'verifying': {
      if (release.cancelRequested) return [];
      return emit(release, 'release.cancel_requested', release.phase, { reason, execution_id: release.executionId });
    }
    case 'cancelled':
      return [];
    case 'applied':
    case 'failed':
    case 'rollback_failed': {
      const { rollback } = release;
      if (rollback?.status !== 'pending_approval' || !rollback.ticketId) throw notCancellable(release.releaseId, release.phase);
      const detail = { ticket_id: rollback.ticketId, why: 'cancelled' as const, by: null, comment: reason };
      return emit(release, 'release.rollback_rejected', release.phase, detail);
    }
    default:
      throw notCancellable(release.releaseId, release.phase);
  }
}
