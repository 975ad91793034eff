import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { requireProject, type Page, type PageQuery, type ProjectView } from '@slipway/contracts';
import { keysetPage, ReadModels } from '@slipway/projections-typeorm';
import type { CallerContext } from '@slipway/service-kit';
import { Repository } from 'typeorm';
import { requireReader } from '../../../provisioning.access';
import { projectOfRow, ProjectRow } from '../../projections/project-list/project-list.row';

export class ListProjects extends Query<Page<ProjectView>> {
  constructor(
    readonly request: PageQuery,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** By name; only projects in the caller's scope. */
@QueryHandler(ListProjects)
export class ListProjectsHandler implements IQueryHandler<ListProjects> {
  constructor(
    private readonly readModels: ReadModels,
    @InjectRepository(ProjectRow) private readonly rows: Repository<ProjectRow>,
  ) {}

  async execute({ request, caller }: ListProjects): Promise<Page<ProjectView>> {
    const { principal, minPosition } = caller;
    requireReader(principal);
    if (request.project !== undefined) requireProject(principal, request.project);
    await this.readModels.waitFor('project-list', minPosition);
    const query = this.rows.createQueryBuilder('project');
    if (!principal.projects.includes('*')) query.andWhere('project.projectId = ANY(:scope)', { scope: principal.projects });
    if (request.project !== undefined) query.andWhere('project.projectId = :id', { id: request.project });
    const { limit, cursor } = request;
    return keysetPage(query, { key: ['projectId'], direction: 'ASC', limit, cursor }, projectOfRow);
  }
}
