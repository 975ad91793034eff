import { Inject, Injectable } from '@nestjs/common';
import {
  DeliverPolicy,
  jetstream,
  type Consumer,
  type ConsumerMessages,
  type JetStreamClient,
  type OrderedConsumerOptions,
} from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { logSubject, SlipwayError, STREAMS, type LogEntry, type LogLine } from '@slipway/contracts';
import { NATS } from '@slipway/service-kit';

interface LogMessage {
  readonly seq: number;
  readonly subject: string;
  readonly data: Uint8Array;
  json<T>(): T;
}

/** Bytes of messages after which a page ends, whatever was asked for. */
const MAX_PAGE_BYTES = 1024 * 1024;
/** Lines that are there come at once, unless a flood of others is being stored. */
const PATIENCE_MS = 5_000;
const RUN_OF_SUBJECT = 'logs.'.length;

const entryOf = (message: LogMessage): LogEntry => {
  const { at, step, line } = message.json<LogLine>();
  return { position: message.seq, run_id: message.subject.slice(RUN_OF_SUBJECT), at, step: step ?? null, line };
};

const behind = (runIds: readonly string[], after: number): Partial<OrderedConsumerOptions> => ({
  filter_subjects: runIds.map(logSubject),
  deliver_policy: DeliverPolicy.StartSequence,
  opt_start_seq: after + 1,
});

export interface LogPage {
  readonly entries: LogEntry[];
  /** The position behind which there is more; null on the last page. */
  readonly next: number | null;
}
const NO_LINES: LogPage = { entries: [], next: null };

/** Lines of runs, in the order in which they were written. */
@Injectable()
export class LogReader {
  private readonly js: JetStreamClient;
  constructor(@Inject(NATS) connection: NatsConnection) {
    this.js = jetstream(connection);
  }

  /** Lines behind a position that are there now: `limit` of them, or fewer where they are long. @throws SlipwayError `dependency_unavailable` */
  async page(runIds: readonly string[], after: number, limit: number): Promise<LogPage> {
    if (runIds.length === 0) return NO_LINES;
    try {
      return await this.consuming(runIds, after, async (consumer) => {
        const { num_pending: waiting } = await consumer.info();
        if (waiting === 0) return NO_LINES;
        const entries = await this.take(consumer, Math.min(waiting, limit));
        return { entries, next: entries.length < waiting ? entries.at(-1)!.position : null };
      });
    } catch (cause) {
      throw new SlipwayError('dependency_unavailable', 'The logs cannot be read at the moment; try again shortly.', {}, { cause });
    }
  }

  /** So many lines that are there now, or fewer where they are long. */
  private async take(consumer: Consumer, count: number): Promise<LogEntry[]> {
    const messages = await consumer.consume({ max_messages: count });
    const giveUp = setTimeout(() => messages.stop(), PATIENCE_MS);
    const entries: LogEntry[] = [];
    let bytes = 0;
    try {
      for await (const message of messages) {
        entries.push(entryOf(message));
        bytes += message.data.length;
        if (entries.length === count || bytes >= MAX_PAGE_BYTES) break;
      }
    } finally {
      clearTimeout(giveUp);
      messages.stop();
    }
    if (entries.length === 0) throw new Error(`none of ${count} lines came within ${PATIENCE_MS} ms`);
    return entries;
  }

  /**
   * Lines behind a position and then as they are written, in the order of their positions, until the signal aborts. Waits for the
   * taker of each, who says whether it goes on. A run that is added is read behind the last line taken: what it had written before
   * another run's line came is not given, but runs of one release follow each other.
   */
  async follow(runs: FollowedRuns, after: number, signal: AbortSignal, take: (entry: LogEntry) => Promise<boolean>): Promise<void> {
    let at = after;
    let goesOn = true;
    while (goesOn && !signal.aborted) {
      const until = AbortSignal.any([signal, runs.grown]);
      const { ids } = runs;
      if (ids.length === 0) {
        await new Promise((resolve) => until.addEventListener('abort', resolve, { once: true }));
        continue;
      }
      await this.consuming(ids, at, async (consumer) => {
        for await (const message of await messagesOf(consumer, until)) {
          if (until.aborted) return;
          at = message.seq;
          goesOn = await take(entryOf(message));
          if (!goesOn) return;
        }
      });
    }
  }

  /** With a consumer of our own, which the server would keep for minutes after us. */
  private async consuming<T>(runIds: readonly string[], after: number, work: (consumer: Consumer) => Promise<T>): Promise<T> {
    const consumer = await this.js.consumers.get(STREAMS.logs, behind(runIds, after));
    try {
      return await work(consumer);
    } finally {
      void consumer.delete().catch(() => undefined);
    }
  }
}

/** As they come, until the signal aborts. */
async function messagesOf(consumer: Consumer, until: AbortSignal): Promise<ConsumerMessages> {
  const messages = await consumer.consume({ max_messages: 200 });
  const stop = (): void => messages.stop();
  if (until.aborted) stop();
  else until.addEventListener('abort', stop, { once: true });
  return messages;
}

/** The runs that a reader follows; others may join them while it does. */
export class FollowedRuns {
  private readonly known = new Set<string>();
  private growth = new AbortController();

  get ids(): string[] {
    return [...this.known];
  }

  /** Aborts when a run joins. */
  get grown(): AbortSignal {
    return this.growth.signal;
  }

  add(runId: string): void {
    if (this.known.has(runId)) return;
    this.known.add(runId);
    this.growth.abort();
    this.growth = new AbortController();
  }
}
