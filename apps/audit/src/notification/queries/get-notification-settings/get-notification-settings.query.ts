import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { NotificationSettings } from '@slipway/contracts';
import { ReadModels } from '@slipway/projections-typeorm';
import type { CallerContext } from '@slipway/service-kit';
import { Contacts } from '../../contacts';
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
    private readonly readModels: ReadModels,
    private readonly contacts: Contacts,
    private readonly settings: Settings,
  ) {}

  async execute({ caller }: GetNotificationSettings): Promise<NotificationSettings> {
    await this.readModels.waitFor('notifications', caller.minPosition);
    return this.settings.of(caller.principal, await this.contacts.addressOf(caller.principal.actorId));
  }
}
