import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { unknownResource, type AuditEvent, type RpcRequest, type TimelineEntry, type TimelineView } from '@slipway/contracts';
import { keysetPage, ReadModels } from '@slipway/projections-typeorm';
import type { CallerContext } from '@slipway/service-kit';
import { In, Repository } from 'typeorm';
import { AuditEventRow } from '../../../audit-log/projections/audit-events/audit-event.row';
import { requireReader, requireScope } from '../../../audit.access';
import { TimelineEntryRow } from '../../projections/timeline/timeline-entry.row';

export class GetTimeline extends Query<TimelineView> {
  constructor(
    readonly request: RpcRequest<'audit', 'get-timeline'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** Oldest first. A release that never was, and one outside the caller's scope, answer alike. */
@QueryHandler(GetTimeline)
export class GetTimelineHandler implements IQueryHandler<GetTimeline> {
  constructor(
    private readonly readModels: ReadModels,
    @InjectRepository(TimelineEntryRow) private readonly places: Repository<TimelineEntryRow>,
    @InjectRepository(AuditEventRow) private readonly events: Repository<AuditEventRow>,
  ) {}

  async execute({ request, caller }: GetTimeline): Promise<TimelineView> {
    const { id, limit, cursor } = request;
    requireReader(caller.principal);
    await this.readModels.waitFor('audit-events', caller.minPosition);
    const query = this.places.createQueryBuilder('line').where('line.releaseId = :id', { id });
    const page = await keysetPage(query, { key: ['position'], direction: 'ASC', limit, cursor }, (row) => row);
    const first = page.items[0];
    if (!first && cursor === undefined) throw unknownResource('release', id);
    if (first) requireScope(caller.principal, first, 'release', id);
    return { release_id: id, entries: await this.entries(page.items), next_cursor: page.next_cursor };
  }

  private async entries(places: readonly TimelineEntryRow[]): Promise<TimelineEntry[]> {
    const rows = await this.events.find({
      select: { position: true, entry: true },
      where: { position: In(places.map(({ position }) => position)) },
      order: { position: 'ASC' },
    });
    return rows.map(({ entry }) => timelineEntryOf(entry));
  }
}

/** What the timeline shows of an event of the audit log. */
function timelineEntryOf(event: AuditEvent): TimelineEntry {
  const { project_id: _, team_id: _1, environment_id: _2, correlation_id: _3, causation_id: _4, preview_ref: _5, ...entry } = event;
  return entry;
}
