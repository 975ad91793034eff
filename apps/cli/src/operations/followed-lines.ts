import type { Schemas } from '@slipway/api-client';

type LogLine = Schemas['SlotLogLine'];

/** One replica's lines: those shown last; and, since a break, those that may repeat them. */
interface Shown {
  last: readonly string[];
  repeated: LogLine[] | null;
}

/**
 * Log lines as they are shown to somebody who follows them. A connection that was made anew begins with the last lines again: what was
 * shown before is left out, replica by replica, and only what was written meanwhile is shown. Lines need have no time: they are
 * recognised by their order.
 */
export class FollowedLines {
  private readonly replicas = new Map<string, Shown>();

  /** @param tail lines of each replica with which a connection begins. */
  constructor(
    private readonly tail: number,
    private readonly show: (line: LogLine) => void,
  ) {}

  /** The connection broke: the next lines may be repeated ones. */
  broke(): void {
    for (const shown of this.replicas.values()) shown.repeated = [];
  }

  take(line: LogLine): void {
    const shown = this.of(line);
    if (!shown.repeated) return this.showNew(shown, line);
    shown.repeated.push(line);
    const overlap = overlapOf(shown.last, shown.repeated.map(textOf));
    if (overlap === 'undecided') return;
    const fresh = shown.repeated.slice(overlap);
    shown.repeated = null;
    for (const one of fresh) this.showNew(shown, one);
  }

  private showNew(shown: Shown, line: LogLine): void {
    shown.last = this.tail === 0 ? [] : [...shown.last, textOf(line)].slice(-this.tail);
    this.show(line);
  }

  private of({ release_id, replica }: LogLine): Shown {
    const key = `${release_id} ${replica}`;
    const known = this.replicas.get(key);
    if (known) return known;
    const shown: Shown = { last: [], repeated: null };
    this.replicas.set(key, shown);
    return shown;
  }
}

const textOf = ({ at, line }: LogLine): string => `${at ?? ''} ${line}`;

/** How many of `lines` are the end of `last` once more: the most that fit. Undecided while more of them may follow. */
function overlapOf(last: readonly string[], lines: readonly string[]): number | 'undecided' {
  for (let length = last.length; length > 0; length--) {
    const end = last.slice(last.length - length);
    const compared = Math.min(length, lines.length);
    if (!lines.slice(0, compared).every((line, index) => line === end[index])) continue;
    return compared < length ? 'undecided' : length;
  }
  return 0;
}
