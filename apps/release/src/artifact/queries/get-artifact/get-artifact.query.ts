import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import type { ArtifactView, RpcRequest } from '@slipway/contracts';
import { ReadModels } from '@slipway/projections-typeorm';
import { type CallerContext } from '@slipway/service-kit';
import { Repository } from 'typeorm';
import { ResourceDirectory } from '../../../directory/resource.directory';
import { present, requireReader } from '../../../release.access';
import { ArtifactRow } from '../../projections/artifact-list/artifact-list.row';

export class GetArtifactQuery extends Query<ArtifactView> {
  constructor(
    readonly request: RpcRequest<'release', 'get-artifact'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

@QueryHandler(GetArtifactQuery)
export class GetArtifactHandler implements IQueryHandler<GetArtifactQuery> {
  constructor(
    @InjectRepository(ArtifactRow) private readonly rows: Repository<ArtifactRow>,
    private readonly directory: ResourceDirectory,
    private readonly readModels: ReadModels,
  ) {}

  /** @throws SlipwayError `unknown_resource` */
  async execute({ request, caller }: GetArtifactQuery): Promise<ArtifactView> {
    requireReader(caller.principal);
    await this.readModels.waitFor('artifact-list', caller.minPosition);
    const { id, projectId } = await this.directory.locate('artifact', request, caller);
    return present(await this.rows.findOneBy({ artifactId: id, projectId }), 'artifact', request.id).view;
  }
}
