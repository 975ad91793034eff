import type { QueryClient } from '@tanstack/react-query';
import { refreshKind } from './refreshed-lists';

/** Events that come together refresh together. */
const GATHER_MS = 120;
/** However long a round took, what changed is seen after this. */
const MOST_REST_MS = 2_000;

/**
 * Refreshes what events made old, one round at a time: what comes while a round is being read waits for the next, so that a busy
 * platform neither restarts requests that are under way nor piles them up. After a round it rests as long as that took: a storm of events takes
 * at most half of the page's time, and half of what the gateway gives it.
 */
export class Refresher {
  private keys = new Map<string, readonly string[]>();
  /** Changed rows of long lists, by kind of list. */
  private rows = new Map<string, Set<string>>();
  private timer: number | undefined;
  private busy = false;
  private restsUntil = 0;

  constructor(private readonly queries: QueryClient) {}

  /** Queries whose key begins so are old; long lists among them only where they show `row`. */
  old(key: readonly string[], row: string): void {
    this.keys.set(JSON.stringify(key), key);
    if (key.length === 1) this.rows.set(key[0]!, (this.rows.get(key[0]!) ?? new Set()).add(row));
    this.plan();
  }

  stop(): void {
    window.clearTimeout(this.timer);
    this.timer = undefined;
    this.keys.clear();
    this.rows.clear();
  }

  private plan(): void {
    if (this.busy || this.keys.size === 0) return;
    this.timer ??= window.setTimeout(() => void this.round(), Math.max(GATHER_MS, this.restsUntil - performance.now()));
  }

  private async round(): Promise<void> {
    this.timer = undefined;
    this.busy = true;
    const began = performance.now();
    const [keys, rows] = [[...this.keys.values()], this.rows];
    this.keys = new Map();
    this.rows = new Map();
    await Promise.allSettled(
      keys.map((queryKey) => {
        const changed = rows.get(queryKey[0]!);
        return queryKey.length === 1 && changed
          ? refreshKind(this.queries, queryKey[0]!, changed)
          : this.queries.invalidateQueries({ queryKey });
      }),
    );
    const ended = performance.now();
    this.restsUntil = ended + Math.min(MOST_REST_MS, ended - began);
    this.busy = false;
    this.plan();
  }
}
