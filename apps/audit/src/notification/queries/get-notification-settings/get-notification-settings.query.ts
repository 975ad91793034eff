import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { NotificationSettings } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import type { CallerContext } from '@slipway/service-kit';
import { contactRef } from '../../contacts';
import { ContactAggregate } from '../../domain/contact.state';
import { Settings } from '../../settings';

export class GetNotificationSettings extends Query<NotificationSettings> {
  constructor(
    readonly request: Record<string, never>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** The caller's own, and nobody else's. */
@QueryHandler(GetNotificationSettings)
export class GetNotificationSettingsHandler implements IQueryHandler<GetNotificationSettings> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly settings: Settings,
  ) {}

  async execute({ caller }: GetNotificationSettings): Promise<NotificationSettings> {
    const { state } = await this.runner.load(ContactAggregate, contactRef(caller.principal.actorId));
    return this.settings.of(caller.principal, state);
  }
}
