import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import type { ChangeView, RpcRequest } from '@slipway/contracts';
import { ReadModels } from '@slipway/projections-typeorm';
import { type CallerContext } from '@slipway/service-kit';
import { Repository } from 'typeorm';
import { ResourceDirectory } from '../../../directory/resource.directory';
import { present, requireReader } from '../../../release.access';
import { ChangeRow } from '../../projections/change-list/change-list.row';

export class GetChangeQuery extends Query<ChangeView> {
  constructor(
    readonly request: RpcRequest<'release', 'get-change'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

@QueryHandler(GetChangeQuery)
export class GetChangeHandler implements IQueryHandler<GetChangeQuery> {
  constructor(
    @InjectRepository(ChangeRow) private readonly rows: Repository<ChangeRow>,
    private readonly directory: ResourceDirectory,
    private readonly readModels: ReadModels,
  ) {}

  /** @throws SlipwayError `unknown_resource` */
  async execute({ request, caller }: GetChangeQuery): Promise<ChangeView> {
    requireReader(caller.principal);
    await this.readModels.waitFor('change-list', caller.minPosition);
    const { id, projectId } = await this.directory.locate('change', request, caller);
    return present(await this.rows.findOneBy({ changeId: id, projectId }), 'change', request.id).view;
  }
}
