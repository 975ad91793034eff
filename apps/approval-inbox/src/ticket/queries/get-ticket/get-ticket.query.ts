import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { requirePermissions, unknownResource, type ById, type TicketView } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import type { CallerContext } from '@slipway/service-kit';
import { requestedView } from '../../domain/requested.view';
import { TicketAggregate } from '../../domain/ticket.state';
import { ticketView } from '../../domain/ticket.view';
import { TicketOpening } from '../../ticket-opening';
import { TicketReferences } from '../../ticket.references';

export class GetTicket extends Query<TicketView> {
  constructor(
    readonly request: ById,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** Reads the log's head: a release names its ticket the moment it asks for it, and whoever follows that finds it. */
@QueryHandler(GetTicket)
export class GetTicketHandler implements IQueryHandler<GetTicket> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly references: TicketReferences,
    private readonly opening: TicketOpening,
  ) {}

  async execute({ request, caller }: GetTicket): Promise<TicketView> {
    requirePermissions(caller.principal, 'deploy:approval:read');
    const refs = await this.references.resolve(request, caller);
    const { state } = await this.runner.load(TicketAggregate, refs.ticket);
    if (state.phase !== 'absent') return ticketView(state);
    const requested = await this.opening.requested(refs);
    if (!requested) throw unknownResource('ticket', request.id);
    return requestedView(refs.ticket, requested.open);
  }
}
