import { setTimeout as delay } from 'node:timers/promises';
import { isSlipwayError } from '@slipway/contracts';
import { logBehind, subjectMatcher, type EventBatch, type Recorded, type SubscribeOptions } from '@slipway/event-sourcing';
import { Entry } from './entry';
import { Feed, FeedFault } from './feed';
import { consumerFilters } from './filters';
import type { LiveTail, TailOptions, TailReader } from './live-tail';
import { unavailable } from './link';
import type { LogApi } from './log-api';

interface Selection extends TailReader {
  readonly subjects: readonly string[];
  readonly maxBatch: number;
}

export type SubscriptionTimes = Pick<TailOptions, 'heartbeatMs' | 'stallMs'>;

/** Ordered events behind a checkpoint: what the live tail no longer has by a filtered consumer of its own, the rest from the tail. */
export class LogSubscriptions {
  constructor(
    private readonly api: LogApi,
    private readonly tail: LiveTail,
    private readonly times: SubscriptionTimes,
  ) {}

  async *subscribe({ after, subjects, maxBatch = 500, signal, passed, wanted }: SubscribeOptions): AsyncGenerator<EventBatch> {
    const ofSubject = subjectMatcher(subjects);
    const matches = wanted ? (subject: string): boolean => wanted() && ofSubject(subject) : ofSubject;
    const reader: Selection = { position: after, subjects, matches, maxBatch, signal, passed };
    await this.tail.join(reader);
    try {
      await this.requireReached(after);
      let announced = false;
      while (!signal?.aborted) {
        if (this.api.link.closed) throw unavailable();
        const entries = this.tail.next(reader, maxBatch);
        if (!entries) {
          for await (const batch of this.catchUp(reader.position, reader)) {
            reader.position = batch.position;
            yield batch;
          }
          announced = false;
        } else if (entries.length > 0 || !announced) {
          reader.position = entries.at(-1)?.position ?? reader.position;
          const caughtUp = reader.position >= this.tail.position;
          announced = caughtUp;
          yield { events: eventsOf(entries, reader), position: reader.position, caughtUp };
        } else {
          await this.tail.arrival(reader);
        }
      }
    } finally {
      this.tail.leave(reader);
    }
  }

  /** The tail may be a moment behind the log: only a log that ends before the checkpoint has lost something. */
  private async requireReached(after: number): Promise<void> {
    if (after <= this.tail.position) return;
    const { last } = await this.api.range();
    if (after > last) throw logBehind(after, last);
  }

  /**
   * Events between the position and where the tail was at the start. A consumer tells at its creation how many messages wait
   * for it; when they have come, everything up to there is accounted for, filtered or not.
   */
  private async *catchUp(after: number, selection: Selection): AsyncGenerator<EventBatch> {
    const target = this.tail.position;
    let position = after;
    let feed: Feed | undefined;
    try {
      feed = await Feed.open(this.api, {
        after,
        filters: consumerFilters(selection.subjects),
        window: selection.maxBatch * 2,
        heartbeatMs: this.times.heartbeatMs,
      });
      for (let remaining = feed.pending; remaining > 0;) {
        const entries = await feed.take(Math.min(selection.maxBatch, remaining), selection.signal, this.times.stallMs);
        if (selection.signal?.aborted) return;
        remaining -= entries.length;
        position = entries.at(-1)!.position;
        yield {
          events: eventsOf(
            entries.map((stored) => new Entry(stored)),
            selection,
          ),
          position,
          caughtUp: false,
        };
      }
      if (target > position) yield { events: [], position: target, caughtUp: false };
    } catch (error) {
      if (!(error instanceof FeedFault) && !(isSlipwayError(error) && error.code === 'dependency_unavailable')) throw error;
      await this.api.link.whenUp(1000);
      await delay(50 + Math.random() * 100);
    } finally {
      feed?.close();
    }
  }
}

/** @throws SlipwayError `internal` at a message that is asked for and is no event: passing over it would be a silent loss */
const eventsOf = (entries: readonly Entry[], { matches }: Selection): Recorded[] =>
  entries.filter(({ subject }) => matches(subject)).map((entry) => entry.recorded());
