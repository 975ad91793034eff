import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { timerContext, type EventStore } from '@slipway/event-sourcing';
import { AccessDirectory, Clock, EVENT_STORE, LOGGER, type Logger } from '@slipway/service-kit';
import { AuditConfig } from '../../audit.config';
import { pauseAfter } from '../domain/backoff';
import { pauseSubscription } from '../domain/subscription.decider';
import type { KnownSubscription } from '../domain/subscription.state';
import { Receivers } from '../receivers';
import { Subscriptions } from '../subscriptions';
import { DeliveryMetrics } from './delivery-metrics';
import { MAIL_LIMIT_MS } from './mail-sender';
import { Outbox, type ClaimedDelivery } from './outbox';
import { Sending, type Attempt } from './sending';

const AT_ONCE = 16;
const LOOK_MS = 1_000;
const PRUNE_MS = 3_600_000;
/** What an attempt takes besides the sending: names, keys, the database. */
const MARGIN_MS = 30_000;

/** Carries deliveries out, in every replica: each takes what nobody else has taken. What a crash leaves is taken again once no attempt could still be under way. */
@Injectable()
export class Courier implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly underway = new Set<Promise<void>>();
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private wake: () => void = () => undefined;
  private prunedAt = 0;

  constructor(
    private readonly config: AuditConfig,
    private readonly outbox: Outbox,
    private readonly subscriptions: Subscriptions,
    private readonly directory: AccessDirectory,
    private readonly receivers: Receivers,
    private readonly sending: Sending,
    private readonly metrics: DeliveryMetrics,
    private readonly clock: Clock,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  private get claimS(): number {
    return (Math.max(this.config.SLIPWAY_WEBHOOK_TIMEOUT_MS, MAIL_LIMIT_MS) + MARGIN_MS) / 1000;
  }

  onApplicationBootstrap(): void {
    this.outbox.onQueued(() => this.wake());
    this.running = this.run();
  }

  /** Finishes what is on the wire; what is only queued, somebody else takes. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.running;
    await Promise.all(this.underway);
  }

  private async run(): Promise<void> {
    await this.directory.whole();
    while (!this.stopping.signal.aborted) {
      try {
        await this.prune();
        const free = AT_ONCE - this.underway.size;
        const claimed = free > 0 ? await this.outbox.claim(free, this.claimS) : [];
        for (const delivery of claimed) this.begin(delivery);
        if (claimed.length === 0) await this.rest();
      } catch (error) {
        this.logger.warn({ error }, 'deliveries cannot be read; tried again shortly');
        await this.rest();
      }
    }
  }

  private begin(delivery: ClaimedDelivery): void {
    const work = this.deliver(delivery)
      .catch((error: unknown) => this.logger.warn({ error, delivery_id: delivery.deliveryId }, 'delivery interrupted; it is taken again'))
      .finally(() => {
        this.underway.delete(work);
        this.wake();
      });
    this.underway.add(work);
  }

  private async deliver(delivery: ClaimedDelivery): Promise<void> {
    const { deliveryId, topic, recipient, address, place } = delivery;
    if (address) return this.noted(delivery, await this.sending.attempt(delivery));
    const subscription = await this.subscriptions.current(delivery.subscriptionId);
    if (!subscription) return this.outbox.setAside(deliveryId, 'dropped', 'The subscription was removed.');
    if (subscription.phase === 'paused' && topic !== 'subscription_paused') {
      return this.outbox.setAside(deliveryId, 'held', 'The subscription is paused; a replay sends this.');
    }
    const mayRead = (): boolean => this.receivers.stillMayRead(subscription, recipient, topic, place);
    // Before it is dropped for good, what is known of permissions is brought up to the log's head.
    if (!mayRead()) await this.directory.reach(await this.store.position());
    if (!mayRead()) {
      return this.outbox.setAside(deliveryId, 'dropped', 'The receiver may not read this any more.');
    }
    await this.attempted(delivery, subscription, await this.sending.attempt(delivery, subscription));
  }

  private async noted(delivery: ClaimedDelivery, attempt: Attempt): Promise<void> {
    const pauseMs = attempt.isFinal
      ? undefined
      : pauseAfter(delivery.attempts + 1, this.config.SLIPWAY_DELIVERY_RETRY_MS, Math.random(), attempt.retryAfterMs);
    await this.outbox.record(delivery.deliveryId, attempt, pauseMs);
    this.metrics.count(delivery.channel, attempt.outcome === 'succeeded' ? 'succeeded' : pauseMs === undefined ? 'failed' : 'retried');
  }

  private async attempted(delivery: ClaimedDelivery, subscription: KnownSubscription, attempt: Attempt): Promise<void> {
    await this.noted(delivery, attempt);
    if (delivery.recipient !== null) return;
    const failingSince = await this.outbox.health(subscription.id, attempt);
    const failingS = failingSince === null ? 0 : (Date.parse(attempt.at) - failingSince.getTime()) / 1000;
    if (attempt.isGone) await this.pause(subscription, 'The receiver says that it is gone for good (410).', attempt);
    else if (failingSince !== null && failingS >= this.config.SLIPWAY_DELIVERY_PAUSE_AFTER_S) {
      await this.pause(
        subscription,
        `Every delivery has failed since ${failingSince.toISOString()}; the last one: ${attempt.error}.`,
        attempt,
      );
    }
  }

  private async pause({ id }: KnownSubscription, reason: string, { at }: Attempt): Promise<void> {
    const context = timerContext('audit', 'pause-failing-subscription', [id, at], this.clock);
    await this.subscriptions.act(id, context, (state) => pauseSubscription(id, { reason: reason.slice(0, 1000), automatic: true }, state));
  }

  private async prune(): Promise<void> {
    if (performance.now() - this.prunedAt < PRUNE_MS && this.prunedAt > 0) return;
    this.prunedAt = performance.now();
    await this.outbox.prune();
  }

  private rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.wake(), LOOK_MS);
      this.wake = () => {
        clearTimeout(timer);
        this.wake = () => undefined;
        resolve();
      };
      if (this.stopping.signal.aborted) this.wake();
    });
  }
}
