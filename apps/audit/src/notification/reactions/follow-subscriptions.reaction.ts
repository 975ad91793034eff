import { Inject, Injectable } from '@nestjs/common';
import { actionSubject, NONE, type EventOf, type SubscriptionEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Reaction } from '@slipway/projections-typeorm';
import { AccessDirectory } from '@slipway/service-kit';
import { Composer } from '../delivery/composer';
import { Outbox } from '../delivery/outbox';
import { pausedNotice, pingNotice } from '../domain/notice';
import type { KnownSubscription } from '../domain/subscription.state';
import { PAGE_URL } from '../notification.tokens';
import { Receivers } from '../receivers';
import { Subscriptions } from '../subscriptions';

const FOLLOWED = ['pinged', 'replay_requested', 'paused', 'resumed', 'endpoint_changed'].map((event) => `subscription.${event}`);
const place = { projectId: NONE, environmentId: NONE };

/** A test, a replay, and the word to its owner that a subscription was paused: asked for in the log, so that none is lost. */
@Injectable()
export class FollowSubscriptionsReaction implements Reaction {
  readonly name = 'follow-subscriptions';
  readonly subjects = FOLLOWED.map(actionSubject);

  constructor(
    private readonly subscriptions: Subscriptions,
    private readonly directory: AccessDirectory,
    private readonly receivers: Receivers,
    private readonly composer: Composer,
    private readonly outbox: Outbox,
    @Inject(PAGE_URL) private readonly page: string,
  ) {}

  async react(recorded: Recorded): Promise<void> {
    const event = recorded.event as SubscriptionEvent;
    const subscription = await this.subscriptions.current(event.resource_id);
    if (!subscription) return;
    await this.directory.reach(recorded.position);
    if (event.action === 'subscription.pinged') await this.ping(event, subscription, recorded);
    if (event.action === 'subscription.replay_requested') await this.replay(event);
    if (event.action === 'subscription.resumed' || event.action === 'subscription.endpoint_changed')
      await this.outbox.startAnew(subscription.id);
    if (event.action === 'subscription.paused' && event.detail.automatic) await this.paused(event, subscription, recorded);
  }

  private async ping(event: EventOf<'subscription.pinged'>, to: KnownSubscription, recorded: Recorded): Promise<void> {
    const told = { notice: pingNotice(to.selection.name, this.page), recorded, place };
    const deliveries =
      to.channel.kind === 'webhook'
        ? this.composer.webhook(told, to, event.detail.delivery_id)
        : await this.composer.mails(told, to, this.receivers.ownersOf(to));
    await this.outbox.queue(deliveries);
  }

  private async replay({ event_id, resource_id, detail }: EventOf<'subscription.replay_requested'>): Promise<void> {
    const { delivery_id: deliveryId, since, until, succeeded_too: succeededToo } = detail;
    await this.outbox.replay(event_id, resource_id, { deliveryId, since, until, succeededToo });
  }

  private async paused(event: EventOf<'subscription.paused'>, of: KnownSubscription, recorded: Recorded): Promise<void> {
    const notice = pausedNotice(of.selection.name, event.detail.reason, this.page);
    await this.outbox.queue(await this.composer.mails({ notice, recorded, place }, of, this.receivers.ownersOf(of)));
  }
}
