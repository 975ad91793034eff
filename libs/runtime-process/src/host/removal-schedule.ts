const AGAIN_MS = 5000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Removes releases when their time has come; what fails then (a full disk, say) is tried again. */
export class RemovalSchedule {
  private timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly remove: (releaseId: string) => void,
    private readonly onFailure: (releaseId: string, error: unknown) => void,
  ) {}

  /** Replaces the whole schedule; times are epoch milliseconds. */
  set(due: readonly { readonly releaseId: string; readonly at: number }[]): void {
    this.clear();
    for (const { releaseId, at } of due) this.arm(releaseId, at - Date.now());
  }

  clear(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers = [];
  }

  private arm(releaseId: string, inMs: number): void {
    this.timers.push(setTimeout(() => this.due(releaseId), Math.min(Math.max(0, inMs), LONGEST_TIMER_MS)));
  }

  private due(releaseId: string): void {
    try {
      this.remove(releaseId);
    } catch (error) {
      this.onFailure(releaseId, error);
      this.arm(releaseId, AGAIN_MS);
    }
  }
}
