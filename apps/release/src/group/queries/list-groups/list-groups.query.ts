import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { environmentId, isDerivedId, type GroupView, type ListGroups, type Page } from '@slipway/contracts';
import { keysetPage, ReadModels } from '@slipway/projections-typeorm';
import type { CallerContext } from '@slipway/service-kit';
import { Repository, type SelectQueryBuilder } from 'typeorm';
import { withinProjects } from '../../../directory/project.scope';
import { requireReader } from '../../../release.access';
import { groupView } from '../../group.view';
import { GroupRow } from '../../projections/group-list/group-list.row';
import { MemberStatuses } from '../../projections/group-list/member-statuses';

export class ListGroupsQuery extends Query<Page<GroupView>> {
  constructor(
    readonly request: ListGroups,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

@QueryHandler(ListGroupsQuery)
export class ListGroupsHandler implements IQueryHandler<ListGroupsQuery> {
  constructor(
    @InjectRepository(GroupRow) private readonly rows: Repository<GroupRow>,
    private readonly readModels: ReadModels,
    private readonly statuses: MemberStatuses,
  ) {}

  /** Newest preview first, within the caller's projects and environments. */
  async execute({ request, caller }: ListGroupsQuery): Promise<Page<GroupView>> {
    requireReader(caller.principal);
    await this.readModels.waitFor('group-list', caller.minPosition);
    const query = withinProjects(this.rows.createQueryBuilder('grouped'), caller.principal, request.project);
    const { environments } = caller.principal;
    if (!environments.includes('*')) query.andWhere('grouped.environmentId IN (:...mine)', { mine: ['', ...environments] });
    if (request.status !== undefined) query.andWhere('grouped.status = :status', { status: request.status });
    if (request.environment !== undefined) inEnvironment(query, request.environment, request.project);
    const { items, next_cursor } = await keysetPage(query, { ...request, key: ['position'], direction: 'DESC' }, ({ facts }) => facts);
    const statuses = await this.statuses.of(items);
    return { items: items.map((facts) => groupView(facts, statuses)), next_cursor };
  }
}

/** By id, by the id that a name has in the project, or by name across the caller's projects. */
function inEnvironment(query: SelectQueryBuilder<GroupRow>, ref: string, project: string | undefined): void {
  const id = isDerivedId(ref) ? ref : project && environmentId(project, ref);
  if (id) query.andWhere('grouped.environmentId = :environment', { environment: id });
  else query.andWhere(`grouped.facts ->> 'environment_name' = :environment`, { environment: ref });
}
