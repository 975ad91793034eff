import { setTimeout as delay } from 'node:timers/promises';
import { logBehind } from '@slipway/event-sourcing';
import { isSlipwayError, SlipwayError } from '@slipway/contracts';
import { Entry } from './entry';
import { Feed, FeedFault } from './feed';
import { consumerFilters, isWithin } from './filters';
import type { LogApi } from './log-api';
import { Ring } from './ring';

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
  /** NATS subject filters, any of which may match; everything when empty. */
  readonly subjects: readonly string[];
  readonly matches: (subject: string) => boolean;
  /** It need not be woken for messages that are not its own, but be told of them. */
  readonly passed: ((position: number) => void) | undefined;
  readonly signal: AbortSignal | undefined;
}

/**
 * The log's live end, read once per process and shared by all its subscriptions, with the server's filters where none of them wants
 * everything: most of the log is not for most processes. What the server leaves out moves nobody until somebody asks how far the
 * subscriptions are (`confirm`). Runs while anyone is subscribed; recreated from the last position whenever the server's
 * consumer fails in any way.
 */
export class LiveTail {
  private readonly ring: Ring;
  private readonly readers = new Set<TailReader>();
  private readonly waiting = new Set<Waiter>();
  private last = 0;
  /** The server's; empty: everything. */
  private filters: readonly string[] = [];
  /** Ends the consumer at hand: the next one has other filters. */
  private refilter = new AbortController();
  private asked = 0;
  private confirming: Promise<void> | undefined;
  private stop: AbortController | undefined;
  private starting: Promise<void> | undefined;
  private fatal: SlipwayError | undefined;

  constructor(
    private readonly api: LogApi,
    private readonly options: TailOptions,
  ) {
    this.ring = new Ring(options.ringSize);
  }

  /** Everything up to here that is for any reader has been seen. */
  get position(): number {
    return this.last;
  }

  /** Starts reading with the first reader; with each, has seen at least what the log held at the call. @throws SlipwayError `dependency_unavailable` */
  async join(reader: TailReader): Promise<void> {
    this.readers.add(reader);
    try {
      this.starting ??= this.start().catch((error: unknown) => {
        this.starting = undefined;
        throw error;
      });
      await this.starting;
      await this.confirm((await this.api.range()).last);
      this.adapt();
    } catch (error) {
      this.leave(reader);
      throw error;
    }
  }

  leave(reader: TailReader): void {
    this.readers.delete(reader);
    if (this.readers.size > 0) return this.adapt();
    this.stop?.abort();
    this.starting = undefined;
  }

  /**
   * Messages that the reader has not been given, at most `max`, and the position that it has with them; `undefined` if they reach back
   * further than what is kept.
   */
  next({ position }: TailReader, max: number): { readonly entries: readonly Entry[]; readonly position: number } | undefined {
    if (this.fatal) throw this.fatal;
    if (position >= this.last) return { entries: [], position };
    const entries = this.ring.behind(position, max);
    return entries && { entries, position: entries.length < max ? this.last : entries.at(-1)!.position };
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
        // Catching up may have brought it further than the tail is.
        if (this.last <= reader.position) return;
        if (!passed || entries.some(({ subject }) => matches(subject))) return wake();
        reader.position = this.last;
        passed(this.last);
      };
      const waiter: Waiter = { wake, moved };
      this.waiting.add(waiter);
      signal?.addEventListener('abort', wake);
    });
  }

  /**
   * Passes over what the server leaves out, up to the position and no further than the log goes. What is for a reader before that
   * comes by itself, and the rest is passed over then. @throws SlipwayError `dependency_unavailable`
   */
  confirm(position: number): Promise<void> {
    if (position <= this.last || this.filters.length === 0 || this.readers.size === 0) return Promise.resolve();
    this.asked = Math.max(this.asked, position);
    return (this.confirming ??= this.passOver().finally(() => (this.confirming = undefined)));
  }

  /**
   * The leader tells where the next message is that the filters match: everything before it is for nobody here. What was asked, or wanted, meanwhile
   * takes another round, for the log's end was read before.
   */
  private async passOver(): Promise<void> {
    const { asked, filters } = this;
    const { last: end } = await this.api.range();
    const next = await this.api.nextBehind(this.last, filters);
    const stillWanted = filters === this.filters;
    if (stillWanted) this.move(Math.min(end, (next ?? Infinity) - 1), []);
    if (this.asked === asked && stillWanted) this.asked = Math.min(asked, end);
    else if (this.asked > this.last) await this.passOver();
  }

  /** Somebody waits for what lies behind what has been read. */
  private passOverWhatIsAsked(): void {
    if (this.asked > this.last) this.confirm(this.asked).catch(() => undefined);
  }

  private async start(): Promise<void> {
    this.fatal = undefined;
    this.last = (await this.api.range()).last;
    this.ring.clear(this.last);
    this.adapt();
    this.stop = new AbortController();
    void this.run(this.stop.signal);
  }

  /** Reads what the readers want, and no more. What a new one wants has not been read so far, so nothing of before is whole any more. */
  private adapt(): void {
    const subjects = [...this.readers].map((reader) => reader.subjects);
    const filters = subjects.some(({ length }) => length === 0) ? [] : consumerFilters(subjects.flat(), Infinity);
    if (filters.join() === this.filters.join()) return;
    if (!isWithin(filters, this.filters)) this.ring.clear(this.last);
    this.filters = filters;
    this.refilter.abort();
    this.refilter = new AbortController();
  }

  private async run(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted && !this.api.link.closed;) {
      try {
        await this.requireNotTruncated();
        await this.follow(signal, () => (failures = 0));
      } catch (error) {
        if (signal.aborted || this.api.link.closed) break;
        this.fatal = fatalOf(error);
        this.wake();
        if (this.fatal) return;
        await this.api.link.whenUp(1000);
        await delay(Math.min(20 * 2 ** failures++, 1000) * (0.5 + Math.random()));
      }
    }
    this.wake();
  }

  private async follow(signal: AbortSignal, progress: () => void): Promise<void> {
    const { heartbeatMs, stallMs, gatherMs } = this.options;
    const { filters, refilter } = this;
    const feed = await Feed.open(this.api, { after: this.last, filters, window: 500, heartbeatMs, gatherMs });
    const stalled = new AbortController();
    const ending = AbortSignal.any([signal, stalled.signal, refilter.signal]);
    const watchdog = setInterval(() => void this.checkStall(stalled), stallMs);
    this.passOverWhatIsAsked();
    try {
      while (!ending.aborted) {
        const entries = await feed.take(500, ending);
        if (stalled.signal.aborted) throw new FeedFault('stalled');
        if (ending.aborted) return;
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
    const { last: seen, filters } = this;
    const range = await this.api.range().catch(() => undefined);
    if (!range || range.last <= seen) return;
    if (filters.length > 0) await this.confirm(range.last).catch(() => undefined);
    if (this.last === seen && filters === this.filters) stalled.abort();
  }

  private push(entries: readonly Entry[]): void {
    if (entries.length === 0) return;
    this.ring.push(entries);
    this.move(entries.at(-1)!.position, entries);
    this.passOverWhatIsAsked();
  }

  private move(position: number, entries: readonly Entry[]): void {
    if (position <= this.last) return;
    this.last = position;
    [...this.waiting].forEach((waiter) => waiter.moved(entries));
    this.ring.forget(Math.min(this.last, ...[...this.readers].map((reader) => reader.position)));
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
