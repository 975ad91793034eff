import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { serviceId, type RpcRequest, type ServiceView } from '@slipway/contracts';
import { ReadModels } from '@slipway/projections-typeorm';
import { type CallerContext } from '@slipway/service-kit';
import { Repository } from 'typeorm';
import { ResourceDirectory } from '../../../directory/resource.directory';
import { present, requireReader } from '../../../release.access';
import { ServiceRow } from '../../projections/service-list/service-list.row';
import { serviceViewOf } from '../../projections/service-list/service-list.view';

export class GetServiceQuery extends Query<ServiceView> {
  constructor(
    readonly request: RpcRequest<'release', 'get-service'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

@QueryHandler(GetServiceQuery)
export class GetServiceHandler implements IQueryHandler<GetServiceQuery> {
  constructor(
    @InjectRepository(ServiceRow) private readonly rows: Repository<ServiceRow>,
    private readonly directory: ResourceDirectory,
    private readonly readModels: ReadModels,
  ) {}

  /** @throws SlipwayError `unknown_resource` */
  async execute({ request, caller }: GetServiceQuery): Promise<ServiceView> {
    requireReader(caller.principal);
    await this.readModels.waitFor('service-list', caller.minPosition);
    const { id, projectId } = await this.directory.locate('service', request, caller, serviceId);
    return serviceViewOf(present(await this.rows.findOneBy({ serviceId: id, projectId }), 'service', request.id));
  }
}
