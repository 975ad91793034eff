import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { isDerivedId, serviceId, type ArtifactView, type Page, type RpcRequest } from '@slipway/contracts';
import { keysetPage, ReadModels } from '@slipway/projections-typeorm';
import { type CallerContext } from '@slipway/service-kit';
import { Repository } from 'typeorm';
import { withinProjects } from '../../../directory/project.scope';
import { ResourceDirectory } from '../../../directory/resource.directory';
import { requireReader } from '../../../release.access';
import { ArtifactRow } from '../../projections/artifact-list/artifact-list.row';

export class ListArtifactsQuery extends Query<Page<ArtifactView>> {
  constructor(
    readonly request: RpcRequest<'release', 'list-artifacts'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

@QueryHandler(ListArtifactsQuery)
export class ListArtifactsHandler implements IQueryHandler<ListArtifactsQuery> {
  constructor(
    @InjectRepository(ArtifactRow) private readonly rows: Repository<ArtifactRow>,
    private readonly directory: ResourceDirectory,
    private readonly readModels: ReadModels,
  ) {}

  /** Newest first; of one service where it is named. */
  async execute({ request, caller }: ListArtifactsQuery): Promise<Page<ArtifactView>> {
    requireReader(caller.principal);
    await this.readModels.waitFor('artifact-list', caller.minPosition);
    const query = withinProjects(this.rows.createQueryBuilder('artifact'), caller.principal, request.project);
    const service = await this.serviceOf(request, caller);
    if (service !== undefined) query.andWhere('artifact.serviceId = :service', { service });
    return keysetPage(query, { ...request, key: ['position'], direction: 'DESC' }, ({ view }) => view);
  }

  private async serviceOf({ service, project }: ListArtifactsQuery['request'], caller: CallerContext): Promise<string | undefined> {
    if (service === undefined || isDerivedId(service)) return service;
    return (await this.directory.locate('service', { id: service, project }, caller, serviceId)).id;
  }
}
