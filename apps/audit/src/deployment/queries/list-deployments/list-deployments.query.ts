import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import type { DeploymentRecord, ListDeployments as Request, Page } from '@slipway/contracts';
import { keysetPage, ReadModels } from '@slipway/projections-typeorm';
import type { CallerContext } from '@slipway/service-kit';
import { Repository } from 'typeorm';
import { inScope, requireReader } from '../../../audit.access';
import { DeploymentRecordRow } from '../../projections/deployment-record/deployment-record.row';

export class ListDeployments extends Query<Page<DeploymentRecord>> {
  constructor(
    readonly request: Request,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** What someone asked to run, the latest request first. */
@QueryHandler(ListDeployments)
export class ListDeploymentsHandler implements IQueryHandler<ListDeployments> {
  constructor(
    private readonly readModels: ReadModels,
    @InjectRepository(DeploymentRecordRow) private readonly rows: Repository<DeploymentRecordRow>,
  ) {}

  async execute({ request, caller }: ListDeployments): Promise<Page<DeploymentRecord>> {
    requireReader(caller.principal);
    await this.readModels.waitFor('deployment-record', caller.minPosition);
    const { project, service, environment, limit, cursor } = request;
    const query = inScope(this.rows.createQueryBuilder('deployment'), caller.principal, project);
    query.andWhere('deployment.requestedAt IS NOT NULL');
    if (service !== undefined) query.andWhere('deployment.serviceId = :service', { service });
    if (environment !== undefined) query.andWhere('deployment.environmentId = :environment', { environment });
    return keysetPage(query, { key: ['requestedAt'], direction: 'DESC', limit, cursor }, (row) => row.record);
  }
}
