import { randomBytes } from 'node:crypto';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SlipwayError, type NotificationSettings } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { contactRef } from '../../contacts';
import type { MailSender } from '../../delivery/mail-sender';
import { SealedEndpoints } from '../../delivery/sealed-endpoints';
import { confirmationCode } from '../../domain/confirmation-code';
import { changeContact, type NewAddress } from '../../domain/contact.decider';
import { ContactAggregate } from '../../domain/contact.state';
import { MAIL } from '../../notification.tokens';
import { Settings } from '../../settings';
import type { Changed } from '../../subscriptions';
import { ChangeContact } from './change-contact.command';

/** Where the caller reads mail; null: nowhere. A new address is mailed a code, and the one before is told. */
@CommandHandler(ChangeContact)
export class ChangeContactHandler implements ICommandHandler<ChangeContact> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly sealed: SealedEndpoints,
    private readonly settings: Settings,
    @Inject(MAIL) private readonly mail: MailSender | null,
  ) {}

  async execute({ request: { email }, caller }: ChangeContact): Promise<Changed<NotificationSettings>> {
    const { actorId, actorType } = caller.principal;
    if (actorType !== 'human') {
      throw new SlipwayError('forbidden', `'${actorId}' is a program and reads no mail; use a webhook.`, { actor_type: actorType });
    }
    const ref = contactRef(actorId);
    const wanted = email === null ? null : await this.addressOf(ref.id, email);
    const context = caller.commandContext();
    const { aggregate, position } = await this.runner.run(ContactAggregate, ref, context, (state) =>
      changeContact(actorId, wanted, context.now, state),
    );
    return { view: await this.settings.of(caller.principal, aggregate.state), position };
  }

  private async addressOf(contactId: string, email: string): Promise<NewAddress> {
    if (!this.mail) {
      throw new SlipwayError(
        'mail_not_configured',
        'This platform sends no mail; its operator can give it a mail server (SLIPWAY_SMTP_URL).',
      );
    }
    const code = confirmationCode(randomBytes(12));
    return { address: await this.sealed.sealForContact(contactId, email), code: await this.sealed.sealForContact(contactId, code) };
  }
}
