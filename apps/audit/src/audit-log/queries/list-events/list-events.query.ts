import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import type { AuditEvent, ListAuditEvents, Page } from '@slipway/contracts';
import { keysetPage, ReadModels, sqlOf, type Sql } from '@slipway/projections-typeorm';
import type { CallerContext } from '@slipway/service-kit';
import { DataSource, Repository } from 'typeorm';
import { inScope, requireReader } from '../../../audit.access';
import { AuditEventRow } from '../../projections/audit-events/audit-event.row';

export class ListEvents extends Query<Page<AuditEvent>> {
  constructor(
    readonly request: ListAuditEvents,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

interface Range {
  readonly since: string;
  readonly until: string;
}

interface Found {
  readonly first: number | null;
  readonly last: number | null;
  readonly count: number;
}

/** With so many events since then, the newest of the log are among them: reading from its end comes upon them at once. */
const ENOUGH = 10_000;

/** Newest first; only what is in the caller's scope. */
@QueryHandler(ListEvents)
export class ListEventsHandler implements IQueryHandler<ListEvents> {
  private readonly sql: Sql;
  constructor(
    private readonly readModels: ReadModels,
    @InjectRepository(AuditEventRow) private readonly rows: Repository<AuditEventRow>,
    source: DataSource,
  ) {
    this.sql = sqlOf(source);
  }

  async execute({ request, caller }: ListEvents): Promise<Page<AuditEvent>> {
    requireReader(caller.principal);
    await this.readModels.waitFor('audit-events', caller.minPosition);
    const { project, environment, actor, action, resource, since, until, limit, cursor } = request;
    const query = inScope(this.rows.createQueryBuilder('event'), caller.principal, project);
    if (environment !== undefined) query.andWhere('event.environmentId = :environment', { environment });
    if (actor !== undefined) query.andWhere('event.actorId = :actor', { actor });
    if (action !== undefined) query.andWhere('event.action = :action', { action });
    if (resource !== undefined) query.andWhere('event.resourceId = :resource', { resource });
    if (since !== undefined || until !== undefined) {
      const range = { since: since ?? '-infinity', until: until ?? 'infinity' };
      query.andWhere('event.occurredAt >= :since AND event.occurredAt < :until', range);
      const found = await this.positionsOf(range, until === undefined ? ENOUGH : null);
      if (found.first === null) return { items: [], next_cursor: null };
      if (until !== undefined || found.count < ENOUGH) query.andWhere('event.position BETWEEN :first AND :last', found);
    }
    return keysetPage(query, { key: ['position'], direction: 'DESC', limit, cursor }, (row) => row.entry);
  }

  /**
   * The first and last position of a range of time: read in order of position, the log would be gone through from its end, or to its
   * beginning, for a range elsewhere. PostgreSQL takes times and positions for unrelated and would do just that, so we ask for both.
   */
  private async positionsOf({ since, until }: Range, limit: number | null): Promise<Found> {
    const [found] = await this.sql.query<Found>(
      `SELECT min(position) AS first, max(position) AS last, count(*) AS count FROM (
         SELECT position FROM audit_event WHERE occurred_at >= $1::timestamptz AND occurred_at < $2::timestamptz
         ORDER BY occurred_at DESC LIMIT $3) AS event`,
      [since, until, limit],
    );
    return found!;
  }
}
