import { Injectable } from '@nestjs/common';
import { Metrics } from '@slipway/service-kit';
import { Counter, Gauge } from 'prom-client';
import { Outbox } from './outbox';

/** How notices reach people: attempts by how they went, and what waits. */
@Injectable()
export class DeliveryMetrics {
  private readonly attempts: Counter<'channel' | 'outcome'>;

  constructor({ registry }: Metrics, outbox: Outbox) {
    this.attempts = new Counter({
      name: 'slipway_notification_attempts_total',
      help: 'Attempts to deliver a notice, by channel and outcome: succeeded, retried (failed, tried again later), failed (for good)',
      labelNames: ['channel', 'outcome'],
      registers: [registry],
    });
    const waiting = new Gauge({ name: 'slipway_notification_queue_depth', help: 'Deliveries that are to be sent', registers: [registry] });
    new Gauge({
      name: 'slipway_notification_queue_age_seconds',
      help: 'How long the oldest delivery without an attempt has waited',
      registers: [registry],
      async collect() {
        const { ageS, waiting: count } = await outbox.backlog().catch(() => ({ ageS: 0, waiting: 0 }));
        this.set(ageS);
        waiting.set(count);
      },
    });
  }

  count(channel: string, outcome: 'succeeded' | 'retried' | 'failed'): void {
    this.attempts.inc({ channel, outcome });
  }
}
