import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import type { Page, RpcRequest, ServiceView } from '@slipway/contracts';
import { keysetPage, ReadModels } from '@slipway/projections-typeorm';
import { type CallerContext } from '@slipway/service-kit';
import { Repository } from 'typeorm';
import { withinProjects } from '../../../directory/project.scope';
import { requireReader } from '../../../release.access';
import { ServiceRow } from '../../projections/service-list/service-list.row';
import { serviceViewOf } from '../../projections/service-list/service-list.view';

export class ListServicesQuery extends Query<Page<ServiceView>> {
  constructor(
    readonly request: RpcRequest<'release', 'list-services'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

@QueryHandler(ListServicesQuery)
export class ListServicesHandler implements IQueryHandler<ListServicesQuery> {
  constructor(
    @InjectRepository(ServiceRow) private readonly rows: Repository<ServiceRow>,
    private readonly readModels: ReadModels,
  ) {}

  async execute({ request, caller }: ListServicesQuery): Promise<Page<ServiceView>> {
    requireReader(caller.principal);
    await this.readModels.waitFor('service-list', caller.minPosition);
    const query = withinProjects(this.rows.createQueryBuilder('service'), caller.principal, request.project);
    return keysetPage(query, { ...request, key: ['projectId', 'name', 'serviceId'], direction: 'ASC' }, serviceViewOf);
  }
}
