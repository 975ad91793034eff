import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SlipwayError, type NotificationSettings } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { contactRef } from '../../contacts';
import { SealedEndpoints } from '../../delivery/sealed-endpoints';
import { changeContact, ContactAggregate } from '../../domain/contact.state';
import { Settings } from '../../settings';
import type { Changed } from '../../subscriptions';
import { ChangeContact } from './change-contact.command';

/** Where the caller reads mail; null: nowhere. */
@CommandHandler(ChangeContact)
export class ChangeContactHandler implements ICommandHandler<ChangeContact> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly sealed: SealedEndpoints,
    private readonly settings: Settings,
  ) {}

  async execute({ request: { email }, caller }: ChangeContact): Promise<Changed<NotificationSettings>> {
    const { actorId, actorType } = caller.principal;
    if (actorType !== 'human') {
      throw new SlipwayError('forbidden', `'${actorId}' is a program and reads no mail; use a webhook.`, { actor_type: actorType });
    }
    const ref = contactRef(actorId);
    const address = email === null ? null : await this.sealed.address(ref.id, email);
    const { position } = await this.runner.run(ContactAggregate, ref, caller.commandContext(), (state) =>
      changeContact(actorId, address, state),
    );
    return { view: this.settings.of(caller.principal, email), position };
  }
}
