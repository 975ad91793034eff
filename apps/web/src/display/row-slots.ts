/**
 * Which element a row is drawn with. A row keeps its element while it is in sight; one that comes into sight takes that of a row that has
 * gone. An element that is there only gets other words, which costs a fraction of a new one.
 */
export class RowSlots {
  private readonly taken = new Map<string, number>();
  private made = 0;

  /** @returns the slots of these rows, in their order */
  of(ids: readonly string[]): readonly number[] {
    const inSight = new Set(ids);
    const free: number[] = [];
    for (const [id, slot] of this.taken) {
      if (inSight.has(id)) continue;
      this.taken.delete(id);
      free.push(slot);
    }
    free.reverse();
    return ids.map((id) => this.taken.get(id) ?? this.take(id, free.pop() ?? this.made++));
  }

  private take(id: string, slot: number): number {
    this.taken.set(id, slot);
    return slot;
  }
}
