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

  async *subscribe({ after, subjects, maxBatch = 500, signal, passed }: SubscribeOptions): AsyncGenerator<EventBatch> {
    const reader: Selection = { position: after, subjects, matches: subjectMatcher(subjects), maxBatch, signal, passed };
    await this.tail.join(reader);
    try {
      await this.requireReached(after);
      let announced = false;
      while (!signal?.aborted) {
        if (this.api.link.closed) throw unavailable();
        const next = this.tail.next(reader, maxBatch);
        if (!next) {
          for await (const batch of this.catchUp(reader.position, reader)) {
            reader.position = batch.position;
            yield batch;
          }
          announced = false;
        } else if (next.position > reader.position || !announced) {
          reader.position = next.position;
          const caughtUp = reader.position >= this.tail.position;
          announced = caughtUp;
          yield { events: eventsOf(next.entries, reader), position: reader.position, caughtUp };
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
   * for it; when they have come, the leader is asked whether there are more: the consumer's replica may have been behind.
   */
  private async *catchUp(after: number, selection: Selection): AsyncGenerator<EventBatch> {
    const target = this.tail.position;
    const filters = consumerFilters(selection.subjects);
    let position = after;
    let feed: Feed | undefined;
    try {
      feed = await Feed.open(this.api, {
        after,
        filters,
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
      if (target <= position) return;
      const next = await this.api.nextBehind(position, filters);
      const accounted = Math.min(target, (next ?? Infinity) - 1);
      if (accounted > position) yield { events: [], position: accounted, caughtUp: false };
      if (accounted < target) await delay(50);
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
