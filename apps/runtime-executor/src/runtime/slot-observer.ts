import type { Observation, RuntimeTarget, TargetAccess } from '@slipway/runtime-target';

interface Seen {
  readonly observation: Promise<Observation>;
  readonly at: number;
}

const FRESH_MS = 1000;
const MAX_SLOTS = 5000;

/**
 * What slots run, for previews: many previews of one slot share an observation, for a second at most or until the slot
 * changes. The basis of a draft, not this, decides whether it still holds when it is applied.
 */
export class SlotObserver {
  private readonly seen = new Map<string, Seen>();

  constructor(private readonly clockMs: () => number = () => performance.now()) {}

  observe(runtime: RuntimeTarget, access: TargetAccess, slotId: string): Promise<Observation> {
    const known = this.seen.get(slotId);
    if (known && this.clockMs() - known.at < FRESH_MS) return known.observation;
    const observation = runtime.observe(access, slotId);
    // A failed observation is nobody else's; its first asker hears of it.
    observation.catch(() => this.forget(slotId));
    this.remember(slotId, { observation, at: this.clockMs() });
    return observation;
  }

  forget(slotId: string): void {
    this.seen.delete(slotId);
  }

  private remember(slotId: string, seen: Seen): void {
    this.seen.delete(slotId);
    this.seen.set(slotId, seen);
    if (this.seen.size > MAX_SLOTS) this.seen.delete(this.seen.keys().next().value!);
  }
}
