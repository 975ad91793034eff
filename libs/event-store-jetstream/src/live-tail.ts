import { setTimeout as delay } from 'node:timers/promises';
import { logBehind } from '@slipway/event-sourcing';
import { isSlipwayError, SlipwayError } from '@slipway/contracts';
import { Entry } from './entry';
import { Feed, FeedFault } from './feed';
import type { LogApi } from './log-api';

export interface TailOptions {
  /** At most so many messages are kept for subscriptions to read at their own pace, and none that all of them have been given. */
  readonly ringSize: number;
  readonly heartbeatMs: number;
  /** No message for this long while the log moves on: the consumer has stalled. */
  readonly stallMs: number;
  /** See FeedOptions. */
  readonly gatherMs: number;
}

/** A subscription, as the tail sees it. */
export interface TailReader {
  /** It has been given everything up to here. */
  position: number;
  readonly matches: (subject: string) => boolean;
  /** It need not be woken for messages that are not its own, but be told of them. */
  readonly passed: ((position: number) => void) | undefined;
  readonly signal: AbortSignal | undefined;
}

/**
 * The log's live end, read once per process and shared by all its subscriptions: everything, so that a subscription knows how
 * far the log is even where none of its own events came. Runs while anyone is subscribed; recreated from the last position
 * whenever the server's consumer fails in any way.
 */
export class LiveTail {
  private ring: Entry[] = [];
  private last = 0;
  private readonly readers = new Set<TailReader>();
  private stop: AbortController | undefined;
  private starting: Promise<void> | undefined;
  private readonly waiting = new Set<Waiter>();
  private fatal: SlipwayError | undefined;

  constructor(
    private readonly api: LogApi,
    private readonly options: TailOptions,
  ) {}

  /** Position of the newest message seen. */
  get position(): number {
    return this.last;
  }

  /** Starts reading with the first reader. @throws SlipwayError `dependency_unavailable` */
  async join(reader: TailReader): Promise<void> {
    this.readers.add(reader);
    this.starting ??= this.start();
    await this.starting.catch((error: unknown) => {
      this.starting = undefined;
      this.leave(reader);
      throw error;
    });
  }

  leave(reader: TailReader): void {
    this.readers.delete(reader);
    if (this.readers.size > 0) return;
    this.stop?.abort();
    this.starting = undefined;
  }

  /** Messages that the reader has not been given, at most `max`; `undefined` if they reach back further than what is kept. */
  next({ position }: TailReader, max: number): readonly Entry[] | undefined {
    if (this.fatal) throw this.fatal;
    if (position >= this.last) return [];
    const from = this.ring.length - (this.last - position);
    return from < 0 ? undefined : this.ring.slice(from, from + max);
  }

  /** Resolves when there is something for the reader to read or to report. */
  arrival(reader: TailReader): Promise<void> {
    const { matches, passed, signal } = reader;
    if (this.fatal || this.last > reader.position || signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        this.waiting.delete(waiter);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const moved = (entries: readonly Entry[]): void => {
        if (!passed || entries.some(({ subject }) => matches(subject))) return wake();
        reader.position = this.last;
        passed(this.last);
      };
      const waiter: Waiter = { wake, moved };
      this.waiting.add(waiter);
      signal?.addEventListener('abort', wake);
    });
  }

  private async start(): Promise<void> {
    this.fatal = undefined;
    this.ring = [];
    this.last = (await this.api.range()).last;
    this.stop = new AbortController();
    void this.run(this.stop.signal);
  }

  private async run(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted && !this.api.link.closed; failures++) {
      try {
        await this.requireNotTruncated();
        await this.follow(signal, () => (failures = 0));
      } catch (error) {
        if (signal.aborted || this.api.link.closed) break;
        this.fatal = fatalOf(error);
        this.wake();
        if (this.fatal) return;
        await this.api.link.whenUp(1000);
        await delay(Math.min(20 * 2 ** failures, 1000) * (0.5 + Math.random()));
      }
    }
    this.wake();
  }

  private async follow(signal: AbortSignal, progress: () => void): Promise<void> {
    const { heartbeatMs, stallMs, gatherMs } = this.options;
    const feed = await Feed.open(this.api, { after: this.last, filters: [], window: 500, heartbeatMs, gatherMs });
    const stalled = new AbortController();
    const ending = AbortSignal.any([signal, stalled.signal]);
    const watchdog = setInterval(() => void this.checkStall(stalled), stallMs);
    try {
      while (!signal.aborted) {
        const entries = await feed.take(500, ending);
        if (stalled.signal.aborted) throw new FeedFault('stalled');
        if (signal.aborted) return;
        this.push(entries.map((stored) => new Entry(stored)));
        if (entries.length > 0) progress();
      }
    } finally {
      clearInterval(watchdog);
      feed.close();
    }
  }

  /** JetStream consumers are known to stall: alive, heartbeating, and silent. */
  private async checkStall(stalled: AbortController): Promise<void> {
    const seen = this.last;
    const range = await this.api.range().catch(() => undefined);
    if (range && range.last > seen && this.last === seen) stalled.abort();
  }

  private push(entries: readonly Entry[]): void {
    if (entries.length === 0) return;
    for (const entry of entries) {
      if (entry.position !== this.last + 1) this.ring = [];
      this.ring.push(entry);
      this.last = entry.position;
    }
    [...this.waiting].forEach((waiter) => waiter.moved(entries));
    this.forget();
  }

  private forget(): void {
    let behind = this.last;
    for (const { position } of this.readers) behind = Math.min(behind, position);
    const kept = Math.min(this.last - behind, this.options.ringSize);
    if (this.ring.length > kept) this.ring.splice(0, this.ring.length - kept);
  }

  private async requireNotTruncated(): Promise<void> {
    const { last } = await this.api.range();
    if (last < this.last) throw logBehind(this.last, last);
  }

  private wake(): void {
    [...this.waiting].forEach((waiter) => waiter.wake());
  }
}

interface Waiter {
  wake(): void;
  moved(entries: readonly Entry[]): void;
}

/** What trying again cannot mend: a log that has lost events, and an error that nobody foresaw. */
function fatalOf(error: unknown): SlipwayError | undefined {
  if (error instanceof FeedFault || (isSlipwayError(error) && error.code === 'dependency_unavailable')) return undefined;
  return isSlipwayError(error) ? error : new SlipwayError('internal', 'Following the event log failed', {}, { cause: error });
}
