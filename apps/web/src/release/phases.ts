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
    case 'group.previewed':
      return waiting('Review');
    case 'release.pending_approval':
      return waiting('Approval');
    case 'group.approval_requested':
      return waiting((entry.detail['approval'] as { act?: string } | undefined)?.act === 'rollback' ? 'Rollback approval' : 'Approval');
    case 'release.approved':
    case 'group.approved':
    case 'release.rollback_approved':
      return waiting('Queue');
    case 'release.applying':
    case 'group.applying':
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
    case 'group.rolling_back':
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
    case 'group.rejected':
    case 'group.expired':
    case 'group.cancelled':
    case 'group.applied':
    case 'group.failed':
    case 'group.rolled_back':
    case 'group.rollback_failed':
      return null;
    default:
      return undefined;
  }
}

/** Of a group's timeline, its own entries: how its members travel is theirs. */
const ownOf = (entries: readonly TimelineEntry[]): readonly TimelineEntry[] => {
  const own = entries.filter(({ resource_type: type }) => type === 'group');
  return own.length > 0 ? own : entries;
};

/** How a release, or a group of them, spent its time, from its timeline: one phase ends where the next begins; between its end and a rollback nothing counts. */
export function phasesOf(entries: readonly TimelineEntry[]): Phase[] {
  const phases: Phase[] = [];
  for (const entry of ownOf(entries)) {
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
