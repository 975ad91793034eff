import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import type { ChangeView, Page, RpcRequest } from '@slipway/contracts';
import { keysetPage, ReadModels } from '@slipway/projections-typeorm';
import { type CallerContext } from '@slipway/service-kit';
import { Repository } from 'typeorm';
import { withinProjects } from '../../../directory/project.scope';
import { requireReader } from '../../../release.access';
import { ChangeRow } from '../../projections/change-list/change-list.row';

export class ListChangesQuery extends Query<Page<ChangeView>> {
  constructor(
    readonly request: RpcRequest<'release', 'list-changes'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

@QueryHandler(ListChangesQuery)
export class ListChangesHandler implements IQueryHandler<ListChangesQuery> {
  constructor(
    @InjectRepository(ChangeRow) private readonly rows: Repository<ChangeRow>,
    private readonly readModels: ReadModels,
  ) {}

  /** Newest first. */
  async execute({ request, caller }: ListChangesQuery): Promise<Page<ChangeView>> {
    requireReader(caller.principal);
    await this.readModels.waitFor('change-list', caller.minPosition);
    const query = withinProjects(this.rows.createQueryBuilder('change'), caller.principal, request.project);
    return keysetPage(query, { ...request, key: ['position'], direction: 'DESC' }, ({ view }) => view);
  }
}
