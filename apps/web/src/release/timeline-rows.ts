import type { TimelineEntry } from '../api/client';
import { day } from '../display/format';

export interface TimelineRow {
  readonly entry: TimelineEntry;
  /** Stands over the entry: its day and time zone, where they are not those of the entry before. */
  readonly day: string | undefined;
  /** Milliseconds since the entry before; undefined for the first. */
  readonly afterMs: number | undefined;
}

/** Entries with what each adds to the one before: how much later it was, and on which day. */
export const rowsOf = (entries: readonly TimelineEntry[]): TimelineRow[] =>
  entries.map((entry, index) => {
    const before = entries[index - 1];
    const today = day(entry.occurred_at);
    return {
      entry,
      day: before && day(before.occurred_at) === today ? undefined : today,
      afterMs: before && Math.max(0, Date.parse(entry.occurred_at) - Date.parse(before.occurred_at)),
    };
  });

/** What the executor does in detail; the release's own events say the same in short. That it waits, nothing else says. */
export const isMinor = ({ resource_type: type, action }: Pick<TimelineEntry, 'resource_type' | 'action'>): boolean =>
  type === 'execution' && action !== 'execution.waiting';
