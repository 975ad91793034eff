import { randomBytes } from 'node:crypto';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { SlipwayError, slotLogSubject, type SlotLogBatch, type SlotLogLine } from '@slipway/contracts';
import type { WorkloadLogLine } from '@slipway/runtime-target';
import { NATS } from '@slipway/service-kit';
import { LineBuffer } from './line-buffer';

const MAX_SESSIONS = 200;
const FORGOTTEN_AFTER_MS = 30_000;

/**
 * Followers of workload logs. The gateway takes batches on a subject that only it was told; lines are read no faster than they are
 * taken, and a session that nobody takes from ends.
 */
@Injectable()
export class SlotLogSessions implements OnModuleDestroy {
  private readonly stops = new Set<() => void>();

  constructor(@Inject(NATS) private readonly connection: NatsConnection) {}

  /** @throws SlipwayError `too_many_requests` */
  open(follow: (signal: AbortSignal) => AsyncIterable<WorkloadLogLine>, view: (line: WorkloadLogLine) => Promise<SlotLogLine>): string {
    if (this.stops.size >= MAX_SESSIONS) {
      throw new SlipwayError('too_many_requests', `${MAX_SESSIONS} log streams are open already; close some and try again.`);
    }
    const session = randomBytes(16).toString('hex');
    const over = new AbortController();
    const buffer = new LineBuffer(over.signal);
    let forgotten = setTimeout(() => stop(), FORGOTTEN_AFTER_MS);
    const subscription = this.connection.subscribe(slotLogSubject(session), {
      callback: (error, message) => {
        if (error) return stop();
        clearTimeout(forgotten);
        forgotten = setTimeout(() => stop(), FORGOTTEN_AFTER_MS);
        void buffer.take().then((batch: SlotLogBatch) => {
          message.respond(JSON.stringify(batch));
          if (batch.ended) stop();
        });
      },
    });
    const stop = (): void => {
      clearTimeout(forgotten);
      over.abort();
      subscription.unsubscribe();
      this.stops.delete(stop);
    };
    this.stops.add(stop);
    void buffer.fill(follow(over.signal), view);
    return session;
  }

  onModuleDestroy(): void {
    for (const stop of [...this.stops]) stop();
  }
}
