import type { LeaseRecord, LeaseRecords } from './lease-record';

/**
 * A lease in hand. Renewed every third of its time; `lost` fires as soon as it is taken over, or when it could not be renewed
 * for its whole time, measured on this process's monotonic clock from before the last write that succeeded.
 */
export class HeldLease {
  private readonly gone = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private expiry: NodeJS.Timeout | undefined;
  private renewal: Promise<void> = Promise.resolve();
  private released = false;

  /** Compared at whatever the lease protects: the newest wins. */
  readonly fencingToken: number;

  constructor(
    private readonly records: LeaseRecords,
    private readonly key: string,
    private record: LeaseRecord,
    private revision: number,
    private renewedAt: number,
    private readonly now: () => string,
  ) {
    this.fencingToken = revision;
    this.record = { ...record, fencingToken: revision };
    this.expireInTime();
    this.schedule();
  }

  get lost(): AbortSignal {
    return this.gone.signal;
  }

  /** Frees the lease for the next one; nothing happens if it was lost. */
  async release(): Promise<void> {
    if (this.released) return;
    this.released = true;
    clearTimeout(this.timer);
    await this.renewal;
    clearTimeout(this.expiry);
    if (this.lost.aborted || (await this.records.free(this.key, this.revision))) return;
    const revision = await this.ownRevision();
    if (revision !== undefined) await this.records.free(this.key, revision);
  }

  /** Whatever becomes of the renewals, a waiter may claim it after this time. */
  private expireInTime(): void {
    clearTimeout(this.expiry);
    this.expiry = setTimeout(() => this.lose('it could not be renewed in time'), this.renewedAt + this.record.ttlMs - performance.now());
    this.expiry.unref();
  }

  private schedule(): void {
    const third = this.record.ttlMs / 3;
    this.timer = setTimeout(() => {
      this.renewal = this.renew().finally(() => {
        if (!this.released && !this.lost.aborted) this.schedule();
      });
    }, third);
    this.timer.unref();
  }

  private async renew(): Promise<void> {
    const at = performance.now();
    if (at - this.renewedAt >= this.record.ttlMs) return this.lose('it could not be renewed in time');
    try {
      const renewed = { ...this.record, heartbeatAt: this.now() };
      const revision = (await this.records.write(this.key, renewed, this.revision)) ?? (await this.ownRevision());
      if (revision === undefined) return this.lose('another holder took it over');
      if (this.lost.aborted) return;
      [this.record, this.revision, this.renewedAt] = [renewed, revision, at];
      this.expireInTime();
    } catch {
      // Unreachable: tried again, as long as another try fits into its time.
      if (performance.now() - this.renewedAt >= this.record.ttlMs * (2 / 3)) this.lose('it could not be renewed in time');
    }
  }

  /** A renewal whose answer was lost has moved the revision; the token tells that it is still ours. */
  private async ownRevision(): Promise<number | undefined> {
    const { lease } = await this.records.read(this.key);
    return lease?.record.fencingToken === this.fencingToken ? lease.revision : undefined;
  }

  private lose(why: string): void {
    clearTimeout(this.timer);
    clearTimeout(this.expiry);
    this.gone.abort(new Error(`The lease '${this.key}' is lost: ${why}`));
  }
}
