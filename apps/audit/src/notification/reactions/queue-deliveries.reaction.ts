import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { actionSubject, TOPIC_OF_ACTION } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Reaction } from '@slipway/projections-typeorm';
import { AccessDirectory, Clock } from '@slipway/service-kit';
import { ArrayContains, LessThan, Not, Repository } from 'typeorm';
import { PAGE_URL } from '../notification.tokens';
import { Composer } from '../delivery/composer';
import { Outbox } from '../delivery/outbox';
import { isSelected } from '../domain/audience';
import { noticeOf } from '../domain/notice';
import type { Occurrence } from '../domain/occurrence';
import type { KnownSubscription } from '../domain/subscription.state';
import { Occurrences } from '../occurrences';
import { SubscriptionRow } from '../projections/notifications/subscription.row';
import { Receivers } from '../receivers';

/** Who reads an old log for the first time does not tell anybody of last year: after a loss of the database, a day is told again. */
const OLDEST_MS = 24 * 60 * 60 * 1000;

/** Whatever somebody subscribed to becomes deliveries, once for each receiver. */
@Injectable()
export class QueueDeliveriesReaction implements Reaction {
  readonly name = 'queue-deliveries';
  readonly subjects = Object.keys(TOPIC_OF_ACTION).map(actionSubject);

  constructor(
    private readonly occurrences: Occurrences,
    private readonly directory: AccessDirectory,
    private readonly receivers: Receivers,
    private readonly composer: Composer,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    @Inject(PAGE_URL) private readonly page: string,
    @InjectRepository(SubscriptionRow) private readonly rows: Repository<SubscriptionRow>,
  ) {}

  async react(recorded: Recorded): Promise<void> {
    if (Date.parse(this.clock.now()) - Date.parse(recorded.event.occurred_at) > OLDEST_MS) return;
    const occurrence = await this.occurrences.of(recorded);
    if (!occurrence) return;
    await this.directory.reach(recorded.position);
    const rows = await this.rows.find({
      where: { topics: ArrayContains([occurrence.topic]), position: LessThan(recorded.position), phase: Not('removed') },
      order: { position: 'ASC' },
    });
    for (const row of rows) await this.tell(row.state as KnownSubscription, occurrence, recorded);
  }

  private async tell(subscription: KnownSubscription, occurrence: Occurrence, recorded: Recorded): Promise<void> {
    if (!isSelected(subscription.selection, occurrence)) return;
    const told = { notice: noticeOf(occurrence, this.page), recorded, place: occurrence.place };
    if (subscription.channel.kind === 'email') {
      const people = this.receivers.people(subscription, occurrence);
      await this.outbox.queue(await this.composer.mails(told, subscription, people));
    } else if (this.receivers.reaches(subscription, occurrence)) {
      await this.outbox.queue(this.composer.webhook(told, subscription));
    }
  }
}
