import { Inject, Injectable } from '@nestjs/common';
import { DeliverPolicy, jetstream, type JetStreamClient, type OrderedConsumerOptions } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { logSubject, SlipwayError, STREAMS, type LogEntry, type LogLine } from '@slipway/contracts';
import { NATS } from '@slipway/service-kit';

interface LogMessage {
  readonly seq: number;
  readonly subject: string;
  json<T>(): T;
}

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

/** Lines of runs, in the order in which they were written. */
@Injectable()
export class LogReader {
  private readonly js: JetStreamClient;
  constructor(@Inject(NATS) connection: NatsConnection) {
    this.js = jetstream(connection);
  }

  /** Up to `limit` lines behind a position that are there now. @throws SlipwayError `dependency_unavailable` */
  async page(runIds: readonly string[], after: number, limit: number): Promise<LogEntry[]> {
    if (runIds.length === 0) return [];
    try {
      const consumer = await this.js.consumers.get(STREAMS.logs, behind(runIds, after));
      const { num_pending: waiting } = await consumer.info();
      const entries: LogEntry[] = [];
      if (waiting === 0) return entries;
      const messages = await consumer.fetch({ max_messages: Math.min(waiting, limit), expires: 5_000 });
      for await (const message of messages) entries.push(entryOf(message));
      return entries;
    } catch (cause) {
      throw new SlipwayError('dependency_unavailable', 'The logs cannot be read at the moment; try again shortly.', {}, { cause });
    }
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
