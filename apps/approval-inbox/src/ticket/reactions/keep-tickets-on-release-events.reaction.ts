import { Injectable } from '@nestjs/common';
import { actionSubject, type ReleaseEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Reaction } from '@slipway/projections-typeorm';
import { releaseRef, ticketRef } from '../ticket.references';
import { TicketOpening } from '../ticket-opening';

export const KEEP_TICKETS = 'keep-tickets-on-release-events';

/**
 * Opens a ticket when a release asks for one, voids it when the release moves on without it. One reaction for both,
 * because a ticket must have been opened before it can be voided.
 */
@Injectable()
export class KeepTicketsOnReleaseEventsReaction implements Reaction {
  readonly name = KEEP_TICKETS;
  readonly subjects = [
    'release.pending_approval',
    'release.rollback_requested',
    'release.rollback_rejected',
    'release.cancelled',
    'release.superseded',
    'release.expired',
  ].map(actionSubject);

  constructor(private readonly opening: TicketOpening) {}

  async react(recorded: Recorded): Promise<void> {
    const event = recorded.event as ReleaseEvent;
    const release = releaseRef(event.project_id, event.resource_id);
    if (event.action !== 'release.pending_approval' && event.action !== 'release.rollback_requested') {
      await this.opening.voidWithdrawn(release, event);
      return;
    }
    if (!event.detail.approval) return;
    const ticket = ticketRef(event.project_id, event.detail.approval.ticket_id);
    const requested = await this.opening.requested({ ticket, release });
    if (requested) await this.opening.open(ticket, requested);
  }
}
