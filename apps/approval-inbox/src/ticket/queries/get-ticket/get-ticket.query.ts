import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { requirePermissions, unknownResource, type ById, type Principal, type TicketDetail } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { answer, Clock, type Answer, type CallerContext } from '@slipway/service-kit';
import { whyNot } from '../../domain/eligibility';
import { requestedState } from '../../domain/requested.state';
import { requestsOf, type AskedTicket } from '../../domain/requests.state';
import { TicketAggregate, type OpenedTicket } from '../../domain/ticket.state';
import { expiresInS, slaStateOf, ticketView } from '../../domain/ticket.view';
import { TicketReferences } from '../../ticket.references';

export class GetTicket extends Query<Answer<TicketDetail>> {
  constructor(
    readonly request: ById,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** Reads the log's head: a resource names its ticket the moment it asks for it, and whoever follows that finds it. Tells as of which position. */
@QueryHandler(GetTicket)
export class GetTicketHandler implements IQueryHandler<GetTicket> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly references: TicketReferences,
    private readonly clock: Clock,
  ) {}

  async execute({ request, caller }: GetTicket): Promise<Answer<TicketDetail>> {
    requirePermissions(caller.principal, 'deploy:approval:read');
    const refs = await this.references.resolve(request, caller);
    const [{ state, head }, owner] = await Promise.all([
      this.runner.load(TicketAggregate, refs.ticket),
      this.runner.load(requestsOf(refs.owner.type), refs.owner),
    ]);
    const requested = owner.state.asked[refs.ticket.id];
    const ticket = state.phase !== 'absent' ? state : requested && requestedState(refs.ticket, requested.open);
    if (!ticket) throw unknownResource('ticket', request.id);
    return answer(this.detail(ticket, requested, caller.principal), Math.max(head.position, owner.head.position));
  }

  private detail(ticket: OpenedTicket, requested: AskedTicket | undefined, principal: Principal): TicketDetail {
    const now = this.clock.now();
    const view = ticketView(ticket);
    const why_not = whyNot(principal, ticket);
    return {
      ...view,
      plan: requested?.plan ?? null,
      may_decide: why_not === null,
      why_not,
      sla_state: slaStateOf(view, now),
      expires_in_s: expiresInS(view.status, view.expires_at, now),
    };
  }
}
