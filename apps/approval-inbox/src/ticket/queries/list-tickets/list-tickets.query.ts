import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { requirePermissions, requireProject, type ListTickets as ListTicketsRequest, type Page, type TicketView } from '@slipway/contracts';
import type { EventStore } from '@slipway/event-sourcing';
import { EVENT_STORE, keysetPage, ReadModels } from '@slipway/projections-typeorm';
import type { CallerContext } from '@slipway/service-kit';
import { In, Repository } from 'typeorm';
import { InboxActionRow, InboxItemRow, ticketOfRow } from '../../projections/approval-inbox/approval-inbox.row';
import { KEEP_TICKETS } from '../../reactions/keep-tickets-on-release-events.reaction';
import { narrowed } from './ticket-filters';

export class ListTickets extends Query<Page<TicketView>> {
  constructor(
    readonly request: ListTicketsRequest,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** The latest request first; without a filter, `mine`: what the caller may decide or has asked for. */
@QueryHandler(ListTickets)
export class ListTicketsHandler implements IQueryHandler<ListTickets> {
  constructor(
    private readonly readModels: ReadModels,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @InjectRepository(InboxItemRow) private readonly items: Repository<InboxItemRow>,
    @InjectRepository(InboxActionRow) private readonly actions: Repository<InboxActionRow>,
  ) {}

  async execute({ request, caller }: ListTickets): Promise<Page<TicketView>> {
    requirePermissions(caller.principal, 'deploy:approval:read');
    if (request.project !== undefined) requireProject(caller.principal, request.project);
    await this.seenBy(caller);
    const query = narrowed(this.items.createQueryBuilder('item'), request, caller.principal);
    const { limit, cursor } = request;
    const page = await keysetPage(query, { key: ['requestedAt', 'ticketId'], direction: 'DESC', limit, cursor }, (row) => row);
    const actions = await this.actionsOf(page.items);
    return { items: page.items.map((row) => ticketOfRow(row, actions.get(row.ticketId) ?? [])), next_cursor: page.next_cursor };
  }

  /** A caller who has just applied sees the ticket: the reaction's event comes later in the log than the caller's own. */
  private async seenBy({ minPosition }: CallerContext): Promise<void> {
    if (minPosition === null) return;
    await this.readModels.waitFor(KEEP_TICKETS, minPosition);
    await this.readModels.waitFor('approval-inbox', await this.store.position());
  }

  private async actionsOf(items: readonly InboxItemRow[]): Promise<Map<string, InboxActionRow[]>> {
    const byTicket = new Map<string, InboxActionRow[]>(items.map((item) => [item.ticketId, []]));
    if (items.length === 0) return byTicket;
    const rows = await this.actions.find({ where: { ticketId: In([...byTicket.keys()]) }, order: { ticketId: 'ASC', version: 'ASC' } });
    for (const row of rows) byTicket.get(row.ticketId)?.push(row);
    return byTicket;
  }
}
