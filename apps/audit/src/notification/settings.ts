import { Inject, Injectable } from '@nestjs/common';
import { PERSONAL_TOPICS, TOPICS, type NotificationSettings, type Principal, type SecretPin, type Topic } from '@slipway/contracts';
import { contactRef } from './contacts';
import type { MailSender } from './delivery/mail-sender';
import { SealedEndpoints } from './delivery/sealed-endpoints';
import type { Contact } from './domain/contact.state';
import { SubscriptionAccess } from './notification.access';
import { MAIL } from './notification.tokens';

const TITLES: Readonly<Record<Topic, string>> = {
  approval_waiting: 'Something waits for my approval',
  approval_decided: 'What I asked for is approved, rejected or expired',
  mention: 'Somebody mentions me in a comment',
  assignment: 'A ticket is assigned or delegated to me',
  reminder: 'A ticket that waits for me expires soon',
  escalation: 'Nobody answered a ticket in time',
  release_applied: 'A release is applied',
  release_failed: 'A release or a rollback fails',
  release_rolled_back: 'A release is rolled back',
  drift: 'What runs differs from what should run',
  freeze: 'A freeze or a stop-the-line begins, changes or ends',
};

/** What somebody can set here, and what of it is set. */
@Injectable()
export class Settings {
  constructor(
    private readonly access: SubscriptionAccess,
    private readonly sealed: SealedEndpoints,
    @Inject(MAIL) private readonly mail: MailSender | null,
  ) {}

  async of(principal: Principal, { address, pending }: Contact): Promise<NotificationSettings> {
    const { id } = contactRef(principal.actorId);
    const opened = async (pin: SecretPin | null): Promise<string | null> => (pin === null ? null : this.sealed.openForContact(id, pin));
    return {
      actor_id: principal.actorId,
      email: await opened(address),
      pending_email: await opened(pending?.address ?? null),
      mail_enabled: this.mail !== null,
      teams: this.access.teamsOf(principal).sort(),
      topics: TOPICS.map((topic) => ({ topic, title: TITLES[topic], personal_default: PERSONAL_TOPICS.includes(topic) })),
    };
  }
}
