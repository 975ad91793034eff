import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import {
  requireEnvironment,
  requirePermissions,
  requirePermissionsAt,
  runtimePermission,
  type ReleaseView,
  type RpcRequest,
} from '@slipway/contracts';
import { ReadModels } from '@slipway/projections-typeorm';
import { answer, type Answer, type CallerContext } from '@slipway/service-kit';
import { Repository } from 'typeorm';
import { ResourceDirectory } from '../../../directory/resource.directory';
import { present } from '../../../release.access';
import { PERMISSION } from '../../commands/released';
import { ReleaseRow } from '../../projections/release-list/release-list.row';
import { releaseView } from '../../projections/release-list/release-list.view';

export class GetReleaseQuery extends Query<Answer<ReleaseView>> {
  constructor(
    readonly request: RpcRequest<'release', 'get-release'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

@QueryHandler(GetReleaseQuery)
export class GetReleaseHandler implements IQueryHandler<GetReleaseQuery> {
  constructor(
    @InjectRepository(ReleaseRow) private readonly rows: Repository<ReleaseRow>,
    private readonly directory: ResourceDirectory,
    private readonly readModels: ReadModels,
  ) {}

  /** Tells as of which position it is, so that what the caller reads next is no older. @throws SlipwayError `unknown_resource` */
  async execute({ request, caller }: GetReleaseQuery): Promise<Answer<ReleaseView>> {
    requirePermissions(caller.principal, PERMISSION.read);
    await this.readModels.waitFor('release-list', caller.minPosition);
    const { id, projectId } = await this.directory.locate('release', request, caller);
    const row = present(await this.rows.findOneBy({ releaseId: id, projectId }), 'release', request.id);
    requireEnvironment(caller.principal, row.environmentId, 'release', request.id);
    requirePermissionsAt(caller.principal, row, runtimePermission(row.facts.runtime_type, 'read'));
    return answer(releaseView(row.facts), row.facts.as_of ?? null);
  }
}
