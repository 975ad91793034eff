import { lifecycleState, type LifecycleState, RELEASE_STATUSES, type ReleaseStatus, type ReleaseView } from '@slipway/contracts';
import type { ReleaseFacts } from '../../domain/release.facts';

/** Statuses of before this platform's own (spec 001, section 2.1; spec 002, section 1.1). */
const HISTORICAL: Readonly<Record<string, ReleaseStatus>> = { succeeded: 'applied', rollback: 'rolled_back', preview: 'previewed' };

/** A stored status in today's vocabulary. */
export const statusOf = (stored: string): ReleaseStatus => HISTORICAL[stored] ?? (stored as ReleaseStatus);

/** Every stored status that reads as one of `wanted`, historical ones included. */
export const storedStatuses = (wanted: readonly ReleaseStatus[]): string[] => [
  ...wanted,
  ...Object.keys(HISTORICAL).filter((stored) => wanted.includes(statusOf(stored))),
];

export const statusesIn = (state: LifecycleState): ReleaseStatus[] => RELEASE_STATUSES.filter((status) => lifecycleState(status) === state);

/** The response of every release verb: from a command's own aggregate, or from a row; both hold the same facts. */
export function releaseView(facts: ReleaseFacts): ReleaseView {
  const {
    status: stored,
    rollback_status,
    rollback_automatic,
    rollback_requested_by,
    rollback_reason,
    rollback_to_release_id,
    rollback_to_artifact_version,
    rollback_requested_at,
    rollback_ended_at,
    rollback_warnings,
    ...view
  } = facts;
  const status = statusOf(stored);
  const rollback = rollback_status && {
    status: rollback_status,
    automatic: rollback_automatic,
    requested_by: rollback_requested_by,
    reason: rollback_reason,
    to_release_id: rollback_to_release_id,
    to_artifact_version: rollback_to_artifact_version,
    requested_at: rollback_requested_at,
    ended_at: rollback_ended_at,
    warnings: [...rollback_warnings],
  };
  return { ...view, status, lifecycle_state: lifecycleState(status), rollback };
}
