import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { requireProject, type Page, type RpcRequest, type TargetView } from '@slipway/contracts';
import { keysetPage, ReadModels } from '@slipway/projections-typeorm';
import type { CallerContext } from '@slipway/service-kit';
import { Repository } from 'typeorm';
import { EnvironmentReferences } from '../../../environment/environment.references';
import { requireReader } from '../../../provisioning.access';
import { targetOfRow, TargetRow } from '../../projections/target-list/target-list.row';

export class ListTargets extends Query<Page<TargetView>> {
  constructor(
    readonly request: RpcRequest<'provisioning', 'list-targets'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** By project, environment and name; only what is in the caller's scope. */
@QueryHandler(ListTargets)
export class ListTargetsHandler implements IQueryHandler<ListTargets> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly environments: EnvironmentReferences,
    @InjectRepository(TargetRow) private readonly rows: Repository<TargetRow>,
  ) {}

  async execute({ request, caller }: ListTargets): Promise<Page<TargetView>> {
    const { principal, minPosition } = caller;
    requireReader(principal);
    const { project, environment, runtime_type: runtime, limit, cursor } = request;
    if (project !== undefined) requireProject(principal, project);
    const query = this.rows.createQueryBuilder('target');
    if (project !== undefined) query.andWhere('target.projectId = :project', { project });
    if (environment !== undefined) {
      const { id } = await this.environments.resolve({ id: environment, project }, caller);
      query.andWhere('target.environmentId = :environment', { environment: id });
    }
    if (runtime !== undefined) query.andWhere('target.runtimeType = :runtime', { runtime });
    if (!principal.projects.includes('*')) query.andWhere('target.projectId = ANY(:projects)', { projects: principal.projects });
    if (!principal.environments.includes('*')) {
      query.andWhere('target.environmentId = ANY(:environments)', { environments: principal.environments });
    }
    await this.readModels.waitFor('target-list', minPosition);
    return keysetPage(query, { key: ['projectId', 'environmentId', 'name'], direction: 'ASC', limit, cursor }, targetOfRow);
  }
}
