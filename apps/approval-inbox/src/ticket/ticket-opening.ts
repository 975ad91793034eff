import { Injectable } from '@nestjs/common';
import { deriveId, type AggregateRef, type EventEnvelope } from '@slipway/contracts';
import { CommandRunner, type CommandContext } from '@slipway/event-sourcing';
import { Clock } from '@slipway/service-kit';
import { requestsOf, type AskedTicket } from './domain/requests.state';
import { openTicket, voidTicket } from './domain/ticket.decider';
import { TicketAggregate } from './domain/ticket.state';
import { ticketRef, type TicketRefs } from './ticket.references';

type Cause = Pick<EventEnvelope, 'event_id' | 'correlation_id' | 'team_id'>;

/**
 * Opens tickets from the events of the resource that asked. Whoever comes first, the reaction or someone who already
 * decides, the command's id derives from the event that asked, so that the ticket is opened once.
 */
@Injectable()
export class TicketOpening {
  constructor(
    private readonly runner: CommandRunner,
    private readonly clock: Clock,
  ) {}

  /** What the owner asked for with this ticket, and whether it still does; undefined if it never did. */
  async requested({ ticket, owner }: TicketRefs): Promise<AskedTicket | undefined> {
    const { state } = await this.runner.load(requestsOf(owner.type), owner);
    return state.asked[ticket.id];
  }

  async open(ticket: AggregateRef, { cause, open }: Pick<AskedTicket, 'cause' | 'open'>): Promise<void> {
    const context = this.context('open-ticket', cause);
    await this.runner.run(TicketAggregate, ticket, context, (state) => openTicket(open, state));
  }

  /** Voids every ticket that the owner asked for and does not need any more. */
  async voidWithdrawn(owner: AggregateRef, cause: Cause): Promise<void> {
    const { state } = await this.runner.load(requestsOf(owner.type), owner);
    for (const [id, { withdrawn }] of Object.entries(state.asked)) {
      if (withdrawn === null) continue;
      const context = this.context('void-ticket', cause);
      await this.runner.run(TicketAggregate, ticketRef(owner.projectId, id), context, (ticket) =>
        voidTicket(withdrawn.cause, withdrawn.why, ticket),
      );
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
