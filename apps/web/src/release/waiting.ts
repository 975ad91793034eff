import type { TimelineEntry } from '../api/client';

export interface ClosedGate {
  readonly code: 'line_stopped' | 'frozen';
  /** The reason that whoever closed it gave. */
  readonly why: string;
  /** Null: no known end. */
  readonly nextOpen: string | null;
}

/** The freeze or stop-the-line for which a release waits, if its executor says so last. */
export function closedGate(entries: readonly TimelineEntry[]): ClosedGate | undefined {
  const last = entries.findLast(({ resource_type: type }) => type === 'execution');
  if (last?.action !== 'execution.waiting') return undefined;
  const { code, why, next_open: nextOpen } = last.detail as Omit<ClosedGate, 'nextOpen'> & { next_open: string | null };
  return { code, why, nextOpen };
}
