import type { QueryClient } from '@tanstack/react-query';
import { refreshKind } from './refreshed-lists';

/** Events that come together refresh together. */
const GATHER_MS = 120;

/**
 * Refreshes what events made old, one round at a time: what comes while a round is being read waits for the next, so that a busy
 * platform neither restarts requests that are under way nor piles them up.
 */
export class Refresher {
  private keys = new Map<string, readonly string[]>();
  /** Changed rows of long lists, by kind of list. */
  private rows = new Map<string, Set<string>>();
  private timer: number | undefined;
  private busy = false;

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
    this.timer ??= window.setTimeout(() => void this.round(), GATHER_MS);
  }

  private async round(): Promise<void> {
    this.timer = undefined;
    this.busy = true;
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
    this.busy = false;
    this.plan();
  }
}
