import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { requireProject, type EnvironmentView, type Page, type PageQuery } from '@slipway/contracts';
import { keysetPage, ReadModels } from '@slipway/projections-typeorm';
import type { CallerContext } from '@slipway/service-kit';
import { Repository } from 'typeorm';
import { requireReader } from '../../../provisioning.access';
import { environmentOfRow, EnvironmentRow } from '../../projections/environment-list/environment-list.row';

export class ListEnvironments extends Query<Page<EnvironmentView>> {
  constructor(
    readonly request: PageQuery,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** By project and name; only what is in the caller's scope. */
@QueryHandler(ListEnvironments)
export class ListEnvironmentsHandler implements IQueryHandler<ListEnvironments> {
  constructor(
    private readonly readModels: ReadModels,
    @InjectRepository(EnvironmentRow) private readonly rows: Repository<EnvironmentRow>,
  ) {}

  async execute({ request, caller }: ListEnvironments): Promise<Page<EnvironmentView>> {
    const { principal, minPosition } = caller;
    requireReader(principal);
    if (request.project !== undefined) requireProject(principal, request.project);
    await this.readModels.waitFor('environment-list', minPosition);
    const query = this.rows.createQueryBuilder('environment');
    if (request.project !== undefined) query.andWhere('environment.projectId = :project', { project: request.project });
    if (!principal.projects.includes('*')) query.andWhere('environment.projectId = ANY(:projects)', { projects: principal.projects });
    if (!principal.environments.includes('*')) {
      query.andWhere('environment.environmentId = ANY(:environments)', { environments: principal.environments });
    }
    const { limit, cursor } = request;
    return keysetPage(query, { key: ['projectId', 'name'], direction: 'ASC', limit, cursor }, environmentOfRow);
  }
}
