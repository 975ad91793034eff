/** When a slot was last looked at, and whether what is known of it still counts. */
export interface LastCheck {
  readonly checkedAt: string | null;
  readonly known: boolean;
}

interface Look {
  readonly checkedAt: string;
  readonly atMs: number;
  readonly known: boolean;
}

/** A slot not looked at for so many intervals is unknown. */
const STALE_INTERVALS = 3;
const NEVER: LastCheck = { checkedAt: null, known: false };

/** How old the knowledge about each slot's drift is: of this process, not of the log (FIELD.md, item 10). */
export class DriftAges {
  private readonly looks = new Map<string, Look>();

  constructor(
    private readonly intervalMs: number,
    private readonly now: () => string,
    private readonly elapsedMs: () => number = () => performance.now(),
  ) {}

  looked(slotId: string): void {
    this.looks.set(slotId, { checkedAt: this.now(), atMs: this.elapsedMs(), known: true });
  }

  /** The slot could not be looked at: when that last worked stays. */
  failed(slotId: string): void {
    const before = this.looks.get(slotId);
    if (before) this.looks.set(slotId, { ...before, known: false });
  }

  of(slotId: string): LastCheck {
    const look = this.looks.get(slotId);
    if (!look) return NEVER;
    const fresh = this.elapsedMs() - look.atMs < STALE_INTERVALS * this.intervalMs;
    return { checkedAt: look.checkedAt, known: look.known && fresh };
  }
}
