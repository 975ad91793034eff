import { Inject, Injectable } from '@nestjs/common';
import { actionSubject, deriveId, NONE, type EventOf, type SecretPin } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Reaction } from '@slipway/projections-typeorm';
import { Clock } from '@slipway/service-kit';
import { Outbox } from '../delivery/outbox';
import { SealedEndpoints } from '../delivery/sealed-endpoints';
import { mailOf } from '../domain/message';
import { codeNotice, leftNotice, type Notice } from '../domain/notice';
import { PAGE_URL } from '../notification.tokens';

/** As long as a code is good: who reads an old log for the first time mails nobody what is over. */
const OLDEST_MS = 24 * 60 * 60 * 1000;

/** A new address gets its code, and the one that is left is told. */
@Injectable()
export class FollowContactsReaction implements Reaction {
  readonly name = 'follow-contacts';
  readonly subjects = [actionSubject('contact.changed')];

  constructor(
    private readonly sealed: SealedEndpoints,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    @Inject(PAGE_URL) private readonly page: string,
  ) {}

  async react(recorded: Recorded): Promise<void> {
    const { resource_id: contactId, occurred_at, detail } = recorded.event as EventOf<'contact.changed'>;
    if (Date.parse(this.clock.now()) - Date.parse(occurred_at) > OLDEST_MS) return;
    const { actor_id: actorId, address, confirmation, former } = detail;
    if (former) await this.tell(recorded, actorId, 'former', former, leftNotice(actorId, address !== null, this.page));
    if (address === null || confirmation === undefined) return;
    const code = await this.sealed.openForContact(contactId, confirmation.code);
    await this.tell(recorded, actorId, 'code', address, codeNotice(actorId, code, this.page));
  }

  private tell(recorded: Recorded, actorId: string, kind: 'former' | 'code', address: SecretPin, notice: Notice): Promise<void> {
    const { event, position } = recorded;
    const delivery = {
      deliveryId: deriveId('delivery', event.event_id, kind),
      // It is of no subscription: nobody manages it, and it is in nobody's delivery log.
      subscriptionId: event.resource_id,
      topic: notice.topic,
      channel: 'email',
      recipient: actorId,
      address,
      eventId: event.event_id,
      position,
      occurredAt: event.occurred_at,
      place: { projectId: NONE, environmentId: NONE },
      title: notice.title,
      body: JSON.stringify(mailOf(notice)),
      status: 'pending',
    } as const;
    return this.outbox.queue([delivery]);
  }
}
