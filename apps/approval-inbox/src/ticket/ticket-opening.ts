import { Injectable } from '@nestjs/common';
import { deriveId, type AggregateRef, type ReleaseEvent } from '@slipway/contracts';
import { CommandRunner, type CommandContext } from '@slipway/event-sourcing';
import { Clock } from '@slipway/service-kit';
import { ReleaseRequestsAggregate, requestedTicket, type ReleaseRequest } from './domain/release-requests.state';
import { openTicket, voidTicket, type OpenTicket } from './domain/ticket.decider';
import { TicketAggregate } from './domain/ticket.state';
import { ticketRef, type TicketRefs } from './ticket.references';

type Cause = Pick<ReleaseEvent, 'event_id' | 'correlation_id' | 'team_id'>;
export type RequestedTicket = ReleaseRequest & { readonly open: OpenTicket };

/**
 * Opens tickets from the events of the release that asked. Whoever comes first, the reaction or someone who already
 * decides, the command's id derives from the event that asked, so that the ticket is opened once.
 */
@Injectable()
export class TicketOpening {
  constructor(
    private readonly runner: CommandRunner,
    private readonly clock: Clock,
  ) {}

  /** What the release asked for with this ticket, and whether it still does; undefined if it never did. */
  async requested({ ticket, release }: TicketRefs): Promise<RequestedTicket | undefined> {
    const { state } = await this.runner.load(ReleaseRequestsAggregate, release);
    return requestedTicket(state, ticket.id);
  }

  async open(ticket: AggregateRef, { cause, open }: Pick<RequestedTicket, 'cause' | 'open'>): Promise<void> {
    const context = this.context('open-ticket', cause);
    await this.runner.run(TicketAggregate, ticket, context, (state) => openTicket(open, state));
  }

  /** Voids every ticket that the release asked for and does not need any more. */
  async voidWithdrawn(release: AggregateRef, cause: Cause): Promise<void> {
    const { state } = await this.runner.load(ReleaseRequestsAggregate, release);
    if (state.phase === 'absent') return;
    for (const [id, { voided }] of Object.entries(state.requests)) {
      if (voided === null) continue;
      const context = this.context('void-ticket', cause);
      await this.runner.run(TicketAggregate, ticketRef(release.projectId, id), context, (ticket) => voidTicket(voided, ticket));
    }
  }

  private context(reaction: string, cause: Cause): CommandContext {
    return {
      commandId: deriveId('command', reaction, cause.event_id),
      principal: { actorId: 'service:approval-inbox', actorType: 'service' },
      source: 'system',
      correlationId: cause.correlation_id,
      causationId: cause.event_id,
      now: this.clock.now(),
      teamId: cause.team_id,
    };
  }
}
