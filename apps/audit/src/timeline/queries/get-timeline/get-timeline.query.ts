import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { unknownResource, type RpcRequest, type TimelineView } from '@slipway/contracts';
import { keysetPage, ReadModels } from '@slipway/projections-typeorm';
import type { CallerContext } from '@slipway/service-kit';
import { Repository } from 'typeorm';
import { requireReader, requireScope } from '../../../audit.access';
import { TimelineEntryRow } from '../../projections/timeline/timeline-entry.row';
import { TimelineEntries } from '../../timeline-entries';

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
    private readonly entries: TimelineEntries,
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
    return { release_id: id, entries: await this.entries.at(page.items), next_cursor: page.next_cursor };
  }
}
