import { Injectable } from '@nestjs/common';
import {
  actionSubject,
  APPROVAL_REQUESTED_SUBJECTS,
  APPROVAL_WITHDRAWN_SUBJECTS,
  type AggregateRef,
  type ApprovalRequest,
} from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Reaction } from '@slipway/projections-typeorm';
import { requestIn } from '../projections/ticket-request/ticket-request.projection';
import { ticketRef } from '../ticket.references';
import { TicketOpening } from '../ticket-opening';

export const KEEP_TICKETS = 'keep-tickets-on-requests';

/**
 * Opens a ticket when a resource asks for one, voids it when its owner moves on without it. One reaction for both, because a
 * ticket must have been opened before it can be voided (ADR 0014).
 */
@Injectable()
export class KeepTicketsOnRequestsReaction implements Reaction {
  readonly name = KEEP_TICKETS;
  readonly subjects = [
    ...[
      'release.pending_approval',
      'release.rollback_requested',
      'release.rollback_rejected',
      'release.cancelled',
      'release.superseded',
      'release.expired',
    ].map(actionSubject),
    ...APPROVAL_REQUESTED_SUBJECTS,
    ...APPROVAL_WITHDRAWN_SUBJECTS,
  ];

  constructor(private readonly opening: TicketOpening) {}

  async react({ event }: Recorded): Promise<void> {
    const owner: AggregateRef = { projectId: event.project_id, type: event.resource_type, id: event.resource_id };
    const request = requestIn(event);
    if (request === undefined) return this.opening.voidWithdrawn(owner, event);
    if (request) await this.open(owner, request);
  }

  private async open(owner: AggregateRef, request: ApprovalRequest): Promise<void> {
    const ticket = ticketRef(owner.projectId, request.ticket_id);
    const requested = await this.opening.requested({ ticket, owner });
    if (requested) await this.opening.open(ticket, requested);
  }
}
