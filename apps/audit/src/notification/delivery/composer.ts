import { Injectable } from '@nestjs/common';
import { deriveId, type EventEnvelope, type Place } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import { Contacts } from '../contacts';
import { mailOf, webhookBody } from '../domain/message';
import type { Notice } from '../domain/notice';
import type { KnownSubscription } from '../domain/subscription.state';
import { channelOf } from '../projections/notifications/notifications.projection';
import type { QueuedDelivery } from './outbox';

/** A notice of an event, on its way to one subscription. */
export interface Told {
  readonly notice: Notice;
  readonly recorded: Recorded;
  readonly place: Place;
}

/** Makes deliveries. Their ids derive from the event and the receiver: however often it is made, it is the same one. */
@Injectable()
export class Composer {
  constructor(private readonly contacts: Contacts) {}

  webhook({ notice, recorded, place }: Told, to: KnownSubscription, deliveryId = idOf(recorded.event, 'webhook', to.id)): QueuedDelivery[] {
    if (to.channel.kind !== 'webhook') return [];
    const body = webhookBody(to.channel.format, notice, recorded.event);
    return [{ ...common(notice, recorded, place, to), deliveryId, channel: channelOf(to), recipient: null, body }];
  }

  /** To those who said where they read mail; the same event to the same person is one mail, whoever else subscribed him. */
  async mails({ notice, recorded, place }: Told, to: KnownSubscription, actorIds: readonly string[]): Promise<QueuedDelivery[]> {
    const reachable = await this.contacts.among(actorIds);
    const body = JSON.stringify(mailOf(notice));
    return [...reachable].map((actorId) => ({
      ...common(notice, recorded, place, to),
      deliveryId: idOf(recorded.event, 'email', actorId),
      channel: 'email',
      recipient: actorId,
      body,
    }));
  }
}

const idOf = (event: EventEnvelope, kind: 'webhook' | 'email', receiver: string): string =>
  deriveId('delivery', event.event_id, kind, receiver);

/** What is told while a subscription is paused is held; that it is paused is told all the same. */
const common = ({ topic, title }: Notice, { event, position }: Recorded, place: Place, to: KnownSubscription) => ({
  subscriptionId: to.id,
  topic,
  eventId: event.event_id,
  position,
  occurredAt: event.occurred_at,
  place,
  title,
  status: to.phase === 'paused' && topic !== 'subscription_paused' ? ('held' as const) : ('pending' as const),
});
