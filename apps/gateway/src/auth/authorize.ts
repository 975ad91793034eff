import {
  grantCovers,
  grantsOf,
  narrowPrincipal,
  requirePermissions,
  requirePermissionsAt,
  SlipwayError,
  unionOfPermissions,
  unknownResource,
  type Principal,
} from '@slipway/contracts';
import type { FastifyRequest } from 'fastify';
import type { Route } from '../routes/route';

export type AccessRule = Pick<Route, 'permissions' | 'platformScope' | 'project'>;
export interface KnownPlaces {
  environmentsOf(projectId: string): readonly string[];
}

/**
 * The principal as far as it may do what the rule is for: in the project that the request names, or wherever it may.
 * @throws SlipwayError `forbidden`; `unknown_resource` for a project outside the caller's scope.
 */
export function authorize(
  principal: Principal,
  rule: AccessRule,
  request: Pick<FastifyRequest, 'body' | 'query' | 'params'>,
  places: KnownPlaces,
): Principal {
  const grants = grantsOf(principal);
  const { permissions: needed } = rule;
  const environmentsOf = (project: string): readonly string[] => places.environmentsOf(project);
  const held = (projectId?: string): Principal | undefined => narrowPrincipal(principal, grants, { needed, projectId, environmentsOf });
  const everywhere = held();
  if (!everywhere) {
    requirePermissions({ ...principal, permissions: unionOfPermissions(grants) }, ...needed);
    if (needed.length > 0) throw notTogether(needed);
    return principal;
  }
  if (rule.platformScope) return requireWholePlatform(held('*'));
  const named = rule.project && memberOf(request[rule.project.in], rule.project.name);
  if (typeof named !== 'string') return everywhere;
  if (!grants.some((grant) => grantCovers(grant, { projectId: named }))) throw unknownResource('project', named);
  const there = held(named);
  if (there) return there;
  requirePermissionsAt(principal, { projectId: named }, ...needed);
  throw notTogether(needed);
}

function requireWholePlatform(principal: Principal | undefined): Principal {
  if (principal?.environments.includes('*')) return principal;
  throw new SlipwayError('forbidden', 'This needs a principal whose scope is the whole platform; ask its administrator.');
}

const notTogether = (needed: readonly string[]): SlipwayError =>
  new SlipwayError('forbidden', `This needs ${needed.join(' and ')} in one place; you hold them in different ones.`, {
    permissions: needed,
  });

const memberOf = (holder: unknown, name: string): unknown =>
  typeof holder === 'object' && holder !== null && Object.hasOwn(holder, name) ? (holder as Record<string, unknown>)[name] : undefined;
