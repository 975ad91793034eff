import { Inject, Injectable } from '@nestjs/common';
import { DeliverPolicy, jetstream, type Consumer, type JetStreamClient, type OrderedConsumerOptions } from '@nats-io/jetstream';
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
      const consumer = await this.js.consumers.get(STREAMS.logs, behind(runIds, after));
      const { num_pending: waiting } = await consumer.info();
      if (waiting === 0) return NO_LINES;
      const entries = await this.take(consumer, Math.min(waiting, limit));
      return { entries, next: entries.length < waiting ? entries.at(-1)!.position : null };
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

  /** Lines behind a position and then as they are written, until the signal aborts. Waits for the taker of each. */
  async follow(runId: string, after: number, signal: AbortSignal, take: (entry: LogEntry) => Promise<boolean>): Promise<void> {
    const consumer = await this.js.consumers.get(STREAMS.logs, behind([runId], after));
    const messages = await consumer.consume({ max_messages: 200 });
    const stop = (): void => messages.stop();
    signal.addEventListener('abort', stop, { once: true });
    try {
      if (signal.aborted) return;
      for await (const message of messages) {
        if (!(await take(entryOf(message)))) return;
      }
    } finally {
      signal.removeEventListener('abort', stop);
      messages.stop();
    }
  }
}
