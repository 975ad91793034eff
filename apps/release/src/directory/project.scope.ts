import { requireProject, type Principal } from '@slipway/contracts';
import type { SelectQueryBuilder } from 'typeorm';

/**
 * Narrows a query to what the principal may see, and to one project where the caller names it. Every list goes through here.
 * @throws SlipwayError `unknown_resource` for a project outside the principal's scope.
 */
export function withinProjects<Row extends { projectId: string }>(
  query: SelectQueryBuilder<Row>,
  principal: Principal,
  project: string | undefined,
): SelectQueryBuilder<Row> {
  if (project !== undefined) {
    requireProject(principal, project);
    return query.andWhere(`${query.alias}.projectId = :project`, { project });
  }
  return principal.projects.includes('*')
    ? query
    : query.andWhere(`${query.alias}.projectId IN (:...projects)`, { projects: ['', ...principal.projects] });
}
