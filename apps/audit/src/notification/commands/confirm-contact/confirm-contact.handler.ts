import { timingSafeEqual } from 'node:crypto';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SlipwayError, type NewContactEvent, type NotificationSettings } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { contactRef } from '../../contacts';
import { SealedEndpoints } from '../../delivery/sealed-endpoints';
import { plainCode } from '../../domain/confirmation-code';
import { confirmContact, pendingAddress } from '../../domain/contact.decider';
import { ContactAggregate, type Contact } from '../../domain/contact.state';
import { Settings } from '../../settings';
import type { Changed } from '../../subscriptions';
import { ConfirmContact } from './confirm-contact.command';

/** Who gives back the code that was mailed to an address reads mail there. */
@CommandHandler(ConfirmContact)
export class ConfirmContactHandler implements ICommandHandler<ConfirmContact> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly sealed: SealedEndpoints,
    private readonly settings: Settings,
  ) {}

  async execute({ request: { code }, caller }: ConfirmContact): Promise<Changed<NotificationSettings>> {
    const { actorId } = caller.principal;
    const context = caller.commandContext();
    const { aggregate, position } = await this.runner.run(ContactAggregate, contactRef(actorId), context, (state) =>
      this.decide(actorId, code, context.now, state),
    );
    return { view: await this.settings.of(caller.principal, aggregate.state), position };
  }

  private async decide(actorId: string, given: string, now: string, contact: Contact): Promise<NewContactEvent[]> {
    const pending = pendingAddress(now, contact);
    const code = await this.sealed.openForContact(contactRef(actorId).id, pending.code);
    if (isSame(plainCode(code), plainCode(given))) return confirmContact(actorId, pending);
    throw new SlipwayError('invalid_request', 'This is not the code that was mailed last; look into that mail again.', { field: 'code' });
  }
}

function isSame(code: string, given: string): boolean {
  const [one, other] = [Buffer.from(code), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}
