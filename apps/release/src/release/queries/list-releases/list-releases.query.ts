import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import {
  environmentId,
  isDerivedId,
  requirePermissions,
  serviceId,
  statusesIn,
  storedStatuses,
  type ListReleases,
  type Page,
  type ReleaseView,
} from '@slipway/contracts';
import { keysetPage, latestOf, ReadModels } from '@slipway/projections-typeorm';
import { answer, type Answer, type CallerContext } from '@slipway/service-kit';
import { Repository, type SelectQueryBuilder } from 'typeorm';
import { withinProjects } from '../../../directory/project.scope';
import { PERMISSION } from '../../commands/released';
import { ReleaseRow } from '../../projections/release-list/release-list.row';
import { releaseView } from '../../projections/release-list/release-list.view';

export class ListReleasesQuery extends Query<Answer<Page<ReleaseView>>> {
  constructor(
    readonly request: ListReleases,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

@QueryHandler(ListReleasesQuery)
export class ListReleasesHandler implements IQueryHandler<ListReleasesQuery> {
  constructor(
    @InjectRepository(ReleaseRow) private readonly rows: Repository<ReleaseRow>,
    private readonly readModels: ReadModels,
  ) {}

  /** Newest preview first, within the caller's projects and environments; tells as of which position. */
  async execute({ request, caller }: ListReleasesQuery): Promise<Answer<Page<ReleaseView>>> {
    requirePermissions(caller.principal, PERMISSION.read);
    await this.readModels.waitFor('release-list', caller.minPosition);
    const query = withinProjects(this.rows.createQueryBuilder('release'), caller.principal, request.project);
    withinEnvironments(query, caller);
    filter(query, request);
    const { items, next_cursor } = await keysetPage(query, { ...request, key: ['position'], direction: 'DESC' }, ({ facts }) => facts);
    return answer({ items: items.map(releaseView), next_cursor }, latestOf(items.map(({ as_of }) => as_of)));
  }
}

function withinEnvironments(query: SelectQueryBuilder<ReleaseRow>, { principal: { environments } }: CallerContext): void {
  if (!environments.includes('*')) query.andWhere('release.environmentId IN (:...environments)', { environments: ['', ...environments] });
}

function filter(query: SelectQueryBuilder<ReleaseRow>, request: ListReleases): void {
  const { project, service, environment, slot, status, lifecycle_state } = request;
  if (service !== undefined) byReference(query, 'service', service, project && serviceId(project, service));
  if (environment !== undefined) byReference(query, 'environment', environment, project && environmentId(project, environment));
  if (slot !== undefined) query.andWhere('release.slotId = :slot', { slot });
  if (status !== undefined) query.andWhere('release.status IN (:...statuses)', { statuses: storedStatuses([status]) });
  if (lifecycle_state !== undefined) {
    query.andWhere('release.status IN (:...ofState)', { ofState: storedStatuses(statusesIn(lifecycle_state)) });
  }
}

/** By id, by the id that a name has in the project, or by name across the caller's projects. */
function byReference(
  query: SelectQueryBuilder<ReleaseRow>,
  kind: 'service' | 'environment',
  ref: string,
  derived: string | undefined,
): void {
  const id = isDerivedId(ref) ? ref : derived;
  if (id !== undefined) query.andWhere(`release.${kind}Id = :${kind}`, { [kind]: id });
  else query.andWhere(`release.facts ->> '${kind}_name' = :${kind}`, { [kind]: ref });
}
