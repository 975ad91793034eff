import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { releasesGroupedBy, unknownResource, type GroupTimelineView, type RpcRequest } from '@slipway/contracts';
import { keysetPage, ReadModels } from '@slipway/projections-typeorm';
import type { CallerContext } from '@slipway/service-kit';
import { Repository } from 'typeorm';
import { requireReader, requireScope } from '../../../audit.access';
import { TimelineEntryRow } from '../../projections/timeline/timeline-entry.row';
import { TimelineEntries } from '../../timeline-entries';

export class GetGroupTimeline extends Query<GroupTimelineView> {
  constructor(
    readonly request: RpcRequest<'audit', 'get-group-timeline'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** Oldest first: the group's own entries and those of its members, which its preview names. */
@QueryHandler(GetGroupTimeline)
export class GetGroupTimelineHandler implements IQueryHandler<GetGroupTimeline> {
  constructor(
    private readonly readModels: ReadModels,
    @InjectRepository(TimelineEntryRow) private readonly places: Repository<TimelineEntryRow>,
    private readonly entries: TimelineEntries,
  ) {}

  async execute({ request, caller }: GetGroupTimeline): Promise<GroupTimelineView> {
    const { id, limit, cursor } = request;
    requireReader(caller.principal);
    await this.readModels.waitFor('audit-events', caller.minPosition);
    const place = await this.places.findOne({ where: { releaseId: id }, order: { position: 'ASC' } });
    if (!place) throw unknownResource('group', id);
    requireScope(caller.principal, place, 'group', id);
    const [previewed] = await this.entries.at([place]);
    if (previewed?.resource_type !== 'group') throw unknownResource('group', id);
    const ids = [id, ...releasesGroupedBy(previewed)];
    const query = this.places.createQueryBuilder('line').where('line.releaseId IN (:...ids)', { ids });
    const page = await keysetPage(query, { key: ['position'], direction: 'ASC', limit, cursor }, (row) => row);
    return { group_id: id, entries: await this.entries.at(page.items), next_cursor: page.next_cursor };
  }
}
