/** What a look at a slot gave. `silent`: its target cannot be asked for now. */
export type Look = 'done' | 'failed' | 'silent';

export interface TargetRoundsOptions<S> {
  look(slot: S): Promise<Look>;
  /** Not looked at, because its target is silent. */
  passOver(slot: S): void;
  readonly intervalMs: number;
  readonly elapsedMs?: () => number;
}

const TARGETS_AT_ONCE = 16;
const LONGEST_PAUSE_INTERVALS = 4;

interface Silence {
  readonly looks: number;
  readonly untilMs: number;
}

/**
 * Rounds of looks at slots: sixteen targets side by side, the slots of one after the other. A target that is silent holds up nobody
 * else: its other slots are passed over, and it is asked again after two intervals, then after four.
 */
export class TargetRounds<S extends { readonly targetId: string }> {
  private readonly going = new Map<string, Promise<void>>();
  private readonly silent = new Map<string, Silence>();
  private readonly queue: (() => void)[] = [];
  private free = TARGETS_AT_ONCE;

  constructor(private readonly options: TargetRoundsOptions<S>) {}

  /** Resolves when every slot was looked at or passed over; a target whose last round still goes on has no second one. */
  async go(slots: readonly S[]): Promise<void> {
    const targets = new Map<string, S[]>();
    for (const slot of slots) targets.set(slot.targetId, [...(targets.get(slot.targetId) ?? []), slot]);
    for (const targetId of this.silent.keys()) if (!targets.has(targetId)) this.silent.delete(targetId);
    await Promise.all([...targets].map(([targetId, all]) => this.going.get(targetId) ?? this.begin(targetId, all)));
  }

  private begin(targetId: string, slots: readonly S[]): Promise<void> {
    const round = this.round(targetId, slots).finally(() => this.going.delete(targetId));
    this.going.set(targetId, round);
    return round;
  }

  private async round(targetId: string, slots: readonly S[]): Promise<void> {
    if (this.now() < (this.silent.get(targetId)?.untilMs ?? -Infinity)) return slots.forEach((slot) => this.options.passOver(slot));
    if (this.free === 0) await new Promise<void>((resolve) => this.queue.push(resolve));
    else this.free--;
    try {
      await this.lookAt(targetId, slots);
    } finally {
      const next = this.queue.shift();
      if (next) next();
      else this.free++;
    }
  }

  private async lookAt(targetId: string, slots: readonly S[]): Promise<void> {
    for (const [index, slot] of slots.entries()) {
      if ((await this.options.look(slot)) !== 'silent') {
        this.silent.delete(targetId);
        continue;
      }
      this.fellSilent(targetId);
      return slots.slice(index + 1).forEach((other) => this.options.passOver(other));
    }
  }

  private fellSilent(targetId: string): void {
    const looks = (this.silent.get(targetId)?.looks ?? 0) + 1;
    // A little earlier than the round that is to look again.
    const pause = (Math.min(LONGEST_PAUSE_INTERVALS, 2 ** looks) - 0.5) * this.options.intervalMs;
    this.silent.set(targetId, { looks, untilMs: this.now() + pause });
  }

  private now(): number {
    return (this.options.elapsedMs ?? (() => performance.now()))();
  }
}
