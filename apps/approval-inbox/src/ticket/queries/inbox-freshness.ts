import { Inject, Injectable } from '@nestjs/common';
import type { EventStore } from '@slipway/event-sourcing';
import { EVENT_STORE, ReadModels } from '@slipway/projections-typeorm';
import type { CallerContext } from '@slipway/service-kit';
import { KEEP_TICKETS } from '../reactions/keep-tickets-on-requests.reaction';

/** A caller who has just applied sees the ticket: the reaction's event comes later in the log than the caller's own. */
@Injectable()
export class InboxFreshness {
  constructor(
    private readonly readModels: ReadModels,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** @throws SlipwayError `dependency_unavailable` when the read model does not get there in time. */
  async seenBy({ minPosition }: CallerContext): Promise<void> {
    if (minPosition === null) return;
    await this.readModels.waitFor(KEEP_TICKETS, minPosition);
    await this.readModels.waitFor('approval-inbox', await this.store.position());
  }
}
