import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import type { AuditEvent, ListAuditEvents, Page } from '@slipway/contracts';
import { keysetPage, ReadModels } from '@slipway/projections-typeorm';
import type { CallerContext } from '@slipway/service-kit';
import { Repository } from 'typeorm';
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

/** Newest first; only what is in the caller's scope. */
@QueryHandler(ListEvents)
export class ListEventsHandler implements IQueryHandler<ListEvents> {
  constructor(
    private readonly readModels: ReadModels,
    @InjectRepository(AuditEventRow) private readonly rows: Repository<AuditEventRow>,
  ) {}

  async execute({ request, caller }: ListEvents): Promise<Page<AuditEvent>> {
    requireReader(caller.principal);
    await this.readModels.waitFor('audit-events', caller.minPosition);
    const { project, environment, actor, action, resource, since, until, limit, cursor } = request;
    const query = inScope(this.rows.createQueryBuilder('event'), caller.principal, project);
    if (environment !== undefined) query.andWhere('event.environmentId = :environment', { environment });
    if (actor !== undefined) query.andWhere('event.actorId = :actor', { actor });
    if (action !== undefined) query.andWhere('event.action = :action', { action });
    if (resource !== undefined) query.andWhere('event.resourceId = :resource', { resource });
    if (since !== undefined) query.andWhere('event.occurredAt >= :since', { since });
    if (until !== undefined) query.andWhere('event.occurredAt < :until', { until });
    return keysetPage(query, { key: ['position'], direction: 'DESC', limit, cursor }, (row) => row.entry);
  }
}
