import type { Aggregate } from './command';

/** The latest folded aggregates of a process, least recently used out first. Entries are immutable; a newer one replaces an older. */
export class AggregateCache {
  private readonly entries = new Map<string, Aggregate<unknown>>();

  constructor(private readonly limit: number) {}

  get(key: string): Aggregate<unknown> | undefined {
    const found = this.entries.get(key);
    if (found) {
      this.entries.delete(key);
      this.entries.set(key, found);
    }
    return found;
  }

  put(key: string, aggregate: Aggregate<unknown>): void {
    const present = this.entries.get(key);
    if (present && present.head.position > aggregate.head.position) return;
    this.entries.delete(key);
    this.entries.set(key, aggregate);
    if (this.entries.size > this.limit) this.entries.delete(this.entries.keys().next().value!);
  }
}
