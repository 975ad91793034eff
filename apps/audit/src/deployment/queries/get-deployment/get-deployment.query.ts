import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { unknownResource, type ById, type DeploymentRecord } from '@slipway/contracts';
import { ReadModels } from '@slipway/projections-typeorm';
import type { CallerContext } from '@slipway/service-kit';
import { Repository } from 'typeorm';
import { requireReader, requireScope } from '../../../audit.access';
import { DeploymentRecordRow } from '../../projections/deployment-record/deployment-record.row';

export class GetDeployment extends Query<DeploymentRecord> {
  constructor(
    readonly request: ById,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** By the release's id. */
@QueryHandler(GetDeployment)
export class GetDeploymentHandler implements IQueryHandler<GetDeployment> {
  constructor(
    private readonly readModels: ReadModels,
    @InjectRepository(DeploymentRecordRow) private readonly rows: Repository<DeploymentRecordRow>,
  ) {}

  async execute({ request, caller }: GetDeployment): Promise<DeploymentRecord> {
    requireReader(caller.principal);
    await this.readModels.waitFor('deployment-record', caller.minPosition);
    const row = await this.rows.findOneBy({ releaseId: request.id });
    if (!row) throw unknownResource('deployment', request.id);
    requireScope(caller.principal, row, 'deployment', request.id);
    return row.record;
  }
}
