import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import {
  PRIORITIES,
  requirePermissions,
  requireProject,
  RISK_LEVELS,
  SLA_STATES,
  TICKET_STATUSES,
  type CountTickets as CountTicketsRequest,
  type TicketCounts,
} from '@slipway/contracts';
import { answer, Clock, type Answer, type CallerContext } from '@slipway/service-kit';
import { Repository } from 'typeorm';
import { InboxItemRow } from '../../projections/approval-inbox/approval-inbox.row';
import { InboxFreshness } from '../inbox-freshness';
import { decidable, filtered, mine, narrowed, SLA_STATE } from '../list-tickets/ticket-filters';

export class CountTickets extends Query<Answer<TicketCounts>> {
  constructor(
    readonly request: CountTicketsRequest,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

interface Group {
  readonly status: string;
  readonly priority: string;
  readonly risk: string;
  readonly sla: string;
  readonly count: string;
}
interface Totals {
  readonly decidable: string;
  readonly mine: string;
  readonly pending: string;
  readonly all: string;
  readonly as_of: string | null;
}

/** What the tabs and the filters of an inbox show beside their names; tells as of which position. */
@QueryHandler(CountTickets)
export class CountTicketsHandler implements IQueryHandler<CountTickets> {
  constructor(
    private readonly freshness: InboxFreshness,
    private readonly clock: Clock,
    @InjectRepository(InboxItemRow) private readonly items: Repository<InboxItemRow>,
  ) {}

  async execute({ request, caller }: CountTickets): Promise<Answer<TicketCounts>> {
    requirePermissions(caller.principal, 'deploy:approval:read');
    if (request.project !== undefined) requireProject(caller.principal, request.project);
    await this.freshness.seenBy(caller);
    const [totals, groups] = await Promise.all([this.totals(request, caller), this.groups(request, caller)]);
    const by = <K extends string>(keys: readonly K[], member: keyof Omit<Group, 'count'>): Record<K, number> => {
      const counts = Object.fromEntries(keys.map((key) => [key, 0])) as Record<string, number>;
      for (const group of groups) counts[group[member]] = (counts[group[member]] ?? 0) + Number(group.count);
      return counts;
    };
    const counted = {
      decidable: Number(totals?.decidable ?? 0),
      mine: Number(totals?.mine ?? 0),
      pending: Number(totals?.pending ?? 0),
      all: Number(totals?.all ?? 0),
      by_status: by(TICKET_STATUSES, 'status'),
      by_priority: by(PRIORITIES, 'priority'),
      by_risk: by(RISK_LEVELS, 'risk'),
      by_sla_state: by(SLA_STATES, 'sla'),
    };
    return answer(counted, Number(totals?.as_of) || null);
  }

  private totals(request: CountTicketsRequest, { principal }: CallerContext): Promise<Totals | undefined> {
    const { where: toDecide } = decidable(principal);
    const { where, parameters } = mine(principal);
    return narrowed(this.items.createQueryBuilder('item'), request, principal, this.clock.now())
      .select(`count(*) FILTER (WHERE ${where})`, 'mine')
      .addSelect(`count(*) FILTER (WHERE ${toDecide})`, 'decidable')
      .addSelect(`count(*) FILTER (WHERE item.status = 'pending')`, 'pending')
      .addSelect('count(*)', 'all')
      .addSelect('max(item.asOf)', 'as_of')
      .setParameters(parameters)
      .getRawOne<Totals>();
  }

  private groups(request: CountTicketsRequest, { principal }: CallerContext): Promise<Group[]> {
    const now = this.clock.now();
    return filtered(narrowed(this.items.createQueryBuilder('item'), request, principal, now), request.filter, principal)
      .select('item.status', 'status')
      .addSelect('item.priority', 'priority')
      .addSelect('item.risk', 'risk')
      .addSelect(SLA_STATE, 'sla')
      .addSelect('count(*)', 'count')
      .setParameter('now', now)
      .groupBy('1, 2, 3, 4')
      .getRawMany<Group>();
  }
}
