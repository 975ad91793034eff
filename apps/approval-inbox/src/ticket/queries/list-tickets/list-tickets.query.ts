import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import {
  requirePermissions,
  requireProject,
  type ListTickets as ListTicketsRequest,
  type Page,
  type TicketEntry,
  type TicketSort,
} from '@slipway/contracts';
import { keysetPage, latestOf, type KeysetOptions } from '@slipway/projections-typeorm';
import { answer, Clock, type Answer, type CallerContext } from '@slipway/service-kit';
import { In, Repository } from 'typeorm';
import { InboxActionRow, InboxItemRow } from '../../projections/approval-inbox/approval-inbox.row';
import { ticketEntry } from '../../projections/approval-inbox/ticket-entry';
import { InboxFreshness } from '../inbox-freshness';
import { filtered, narrowed } from './ticket-filters';

export class ListTickets extends Query<Answer<Page<TicketEntry>>> {
  constructor(
    readonly request: ListTicketsRequest,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

type Order = Pick<KeysetOptions<InboxItemRow>, 'key' | 'direction'>;
/** Among equals the oldest request first, but for `newest`. */
const ORDERS: Readonly<Record<TicketSort, Order>> = {
  newest: { key: ['requestedAt', 'ticketId'], direction: 'DESC' },
  oldest: { key: ['requestedAt', 'ticketId'], direction: 'ASC' },
  priority: { key: ['priorityRank', 'requestedAt', 'ticketId'], direction: 'ASC' },
  risk: { key: ['riskRank', 'requestedAt', 'ticketId'], direction: 'ASC' },
  expiry: { key: ['expirySort', 'ticketId'], direction: 'ASC' },
  sla: { key: ['slaSort', 'ticketId'], direction: 'ASC' },
};

/** Without a filter, `mine`: what the caller may decide, has asked for, is assigned or was mentioned in. Tells as of which position. */
@QueryHandler(ListTickets)
export class ListTicketsHandler implements IQueryHandler<ListTickets> {
  constructor(
    private readonly freshness: InboxFreshness,
    private readonly clock: Clock,
    @InjectRepository(InboxItemRow) private readonly items: Repository<InboxItemRow>,
    @InjectRepository(InboxActionRow) private readonly actions: Repository<InboxActionRow>,
  ) {}

  async execute({ request, caller }: ListTickets): Promise<Answer<Page<TicketEntry>>> {
    requirePermissions(caller.principal, 'deploy:approval:read');
    if (request.project !== undefined) requireProject(caller.principal, request.project);
    await this.freshness.seenBy(caller);
    const now = this.clock.now();
    const query = narrowed(this.items.createQueryBuilder('item'), request, caller.principal, now);
    const { limit, cursor, sort = 'newest' } = request;
    const options = { ...ORDERS[sort], limit, cursor };
    const page = await keysetPage(filtered(query, request.filter, caller.principal), options, (row) => row);
    const comments = await this.commentsOf(page.items);
    const items = page.items.map((row) => ticketEntry(row, comments.get(row.ticketId) ?? 0, now));
    return answer({ items, next_cursor: page.next_cursor }, latestOf(page.items.map(({ asOf }) => asOf)));
  }

  private async commentsOf(items: readonly InboxItemRow[]): Promise<Map<string, number>> {
    if (items.length === 0) return new Map();
    const counts = await this.actions
      .createQueryBuilder('act')
      .select('act.ticketId', 'id')
      .addSelect('count(*)', 'count')
      .where({ ticketId: In(items.map(({ ticketId }) => ticketId)), action: 'commented' })
      .groupBy('act.ticketId')
      .getRawMany<{ id: string; count: string }>();
    return new Map(counts.map(({ id, count }) => [id, Number(count)]));
  }
}
