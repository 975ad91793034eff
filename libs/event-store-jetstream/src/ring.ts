import type { Entry } from './entry';

/** The latest messages of the live tail, for readers at their own pace. Whole behind its floor, for those whom the tail is read for. */
export class Ring {
  private entries: Entry[] = [];
  private floor = 0;

  /** `size`: at most so many messages are kept. */
  constructor(private readonly size: number) {}

  /** Holds nothing, and what comes is whole behind the position. */
  clear(floor: number): void {
    this.entries = [];
    this.floor = floor;
  }

  push(entries: readonly Entry[]): void {
    this.entries.push(...entries);
  }

  /** Messages behind the position, at most `max` of them; `undefined` if they reach back further than what is kept. */
  behind(position: number, max: number): readonly Entry[] | undefined {
    if (position < this.floor) return undefined;
    const from = this.entries.findLastIndex((entry) => entry.position <= position) + 1;
    return this.entries.slice(from, from + max);
  }

  /** Lets go of what is over the size, and of what all readers have been given: everything up to the position. */
  forget(given: number): void {
    const firstKept = this.entries.findIndex(({ position }) => position > given);
    const useless = firstKept < 0 ? this.entries.length : firstKept;
    const dropped = this.entries.splice(0, Math.max(useless, this.entries.length - this.size)).at(-1);
    if (dropped) this.floor = dropped.position;
  }
}
