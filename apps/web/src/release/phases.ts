import type { TimelineEntry } from '../api/client';

export interface Phase {
  readonly name: string;
  /** Waiting is for people and turns; working is what the platform does. */
  readonly kind: 'waiting' | 'working';
  readonly from: string;
  /** Null while it lasts. */
  readonly to: string | null;
}

const waiting = (name: string): Pick<Phase, 'name' | 'kind'> => ({ name, kind: 'waiting' });
const working = (name: string): Pick<Phase, 'name' | 'kind'> => ({ name, kind: 'working' });

function begins(entry: TimelineEntry, paused: Phase | undefined): Pick<Phase, 'name' | 'kind'> | null | undefined {
  switch (entry.action) {
    case 'release.previewed':
      return waiting('Review');
    case 'release.pending_approval':
      return waiting('Approval');
    case 'release.approved':
    case 'release.rollback_approved':
      return waiting('Queue');
    case 'release.applying':
      return working('Applying');
    case 'release.paused':
      return waiting('Paused');
    case 'release.resumed':
      return paused ? working('Applying') : undefined;
    case 'release.verifying':
      return working('Verifying');
    case 'release.rollback_requested':
      return waiting(entry.detail['approval'] ? 'Rollback approval' : 'Rollback queue');
    case 'release.rolling_back':
      return working('Rolling back');
    case 'release.rejected':
    case 'release.expired':
    case 'release.superseded':
    case 'release.cancelled':
    case 'release.applied':
    case 'release.failed':
    case 'release.rollback_rejected':
    case 'release.rollback_completed':
    case 'release.rollback_failed':
      return null;
    default:
      return undefined;
  }
}

/** How a release spent its time, from its timeline: one phase ends where the next begins; between its end and a rollback nothing counts. */
export function phasesOf(entries: readonly TimelineEntry[]): Phase[] {
  const phases: Phase[] = [];
  for (const entry of entries) {
    const current = phases.at(-1);
    const next = begins(entry, current?.name === 'Paused' ? current : undefined);
    if (next === undefined) continue;
    if (current?.to === null) phases[phases.length - 1] = { ...current, to: entry.occurred_at };
    if (next) phases.push({ ...next, from: entry.occurred_at, to: null });
  }
  return phases;
}

/** Milliseconds spent in phases of a kind, up to `now`. */
export const spent = (phases: readonly Phase[], kind: Phase['kind'], now: number): number =>
  phases
    .filter((phase) => phase.kind === kind)
    .reduce((sum, { from, to }) => sum + Math.max(0, (to === null ? now : Date.parse(to)) - Date.parse(from)), 0);
