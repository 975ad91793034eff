import { requireEnvironment, requirePermissions, requireProject, SlipwayError, type Principal } from '@slipway/contracts';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/** @throws SlipwayError `forbidden` */
export const requireReader = (principal: Principal): void => requirePermissions(principal, 'deploy:release:read');

/** @throws SlipwayError `forbidden` */
export function requireAdministrator(principal: Principal): void {
  requirePermissions(principal, 'deploy:release:apply', 'deploy:release:approve');
  if (!principal.projects.includes('*')) {
    throw new SlipwayError('forbidden', 'Read models are rebuilt by administrators of the platform.', { scope: 'platform' });
  }
}

/** A row outside the caller's scope answers as one that does not exist. @throws SlipwayError `unknown_resource` */
export function requireScope(principal: Principal, row: { projectId: string; environmentId: string }, kind: string, ref: string): void {
  requireProject(principal, row.projectId, kind, ref);
  requireEnvironment(principal, row.environmentId, kind, ref);
}

/** Rows of one project, and of the caller's scope alone. @throws SlipwayError `unknown_resource` for a project outside it */
export function inScope<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  principal: Principal,
  project: string | undefined,
): SelectQueryBuilder<Row> {
  const column = (property: string): string => `${query.alias}.${property}`;
  if (project !== undefined) {
    requireProject(principal, project);
    query.andWhere(`${column('projectId')} = :project`, { project });
  } else if (!principal.projects.includes('*')) {
    query.andWhere(`${column('projectId')} = ANY(:projects)`, { projects: principal.projects });
  }
  if (!principal.environments.includes('*')) {
    query.andWhere(`${column('environmentId')} = ANY(:environments)`, { environments: [...principal.environments, '_'] });
  }
  return query;
}
