const FIRST_MS = 100;
const MAX_MS = 30_000;
/** Ready for this long: the run was stable, and the next exit is a first one again. */
const STABLE_MS = 10_000;
const LOOPING_AFTER = 3;

/** Pauses between restarts: 100 ms, doubling up to 30 s; back to the start after a stable run. */
export class RestartBackoff {
  private exits = 0;
  private readySince: number | null = null;

  get looping(): boolean {
    return this.exits >= LOOPING_AFTER;
  }

  /** The replica became ready. */
  steady(): void {
    this.readySince = performance.now();
  }

  unsteady(): void {
    this.readySince = null;
  }

  /** The replica exited: how long to wait before the next start. */
  next(): number {
    if (this.readySince !== null && performance.now() - this.readySince >= STABLE_MS) this.exits = 0;
    this.readySince = null;
    return Math.min(FIRST_MS * 2 ** this.exits++, MAX_MS);
  }
}
