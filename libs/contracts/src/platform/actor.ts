import { permissionsAt, grantsOf, type Place } from '../access/grants';
import { SlipwayError, unknownResource } from './errors';
import type { Permission } from './permissions';

export type ActorType = 'human' | 'agent' | 'service';
/** Where an act entered the platform; `system` is a reaction or a timer. */
export type Source = 'ui' | 'cli' | 'api' | 'ai' | 'mcp' | 'webhook' | 'system';

/** Permissions held in all combinations of the projects and environments. Ids, or ['*'] for every one there is. */
export interface Grant {
  readonly permissions: readonly Permission[];
  readonly projects: readonly string[];
  readonly environments: readonly string[];
  /** Names of the roles by which it is held, where it is by roles. */
  readonly roles?: readonly string[];
}

/** Who acts, and what they may: carried by the internal token, checked in the gateway and again in each service. */
export interface Principal {
  readonly actorId: string;
  readonly actorType: ActorType;
  readonly permissions: readonly Permission[];
  /** Project ids, or ['*'] for the whole platform. */
  readonly projects: readonly string[];
  /** Environment ids, or ['*']. */
  readonly environments: readonly string[];
  /**
   * What is held where, in full; absent where the members above say it exactly. They are then the part that holds in every
   * scope listed, so that a check of them alone never allows too much.
   */
  readonly grants?: readonly Grant[];
  /** The actor id of the person for whom this one acts: an agent or service account made on somebody's behalf. */
  readonly onBehalfOf?: string;
  /** Names of the roles that the actor has here; a policy may ask its approvers for one. */
  readonly roles?: readonly string[];
}

export const mayAccessProject = (principal: Principal, projectId: string): boolean =>
  principal.projects.includes('*') || principal.projects.includes(projectId);

/** @throws SlipwayError `forbidden`, naming the first missing permission. */
export function requirePermissions(principal: Principal, ...needed: readonly (Permission | undefined)[]): void {
  const missing = needed.find((permission) => permission !== undefined && !principal.permissions.includes(permission));
  if (missing) throw lacking(principal, missing);
}

/**
 * What is asked for on top of a route's permissions, judged at the one place that it is about.
 * @throws SlipwayError `forbidden`, naming the first missing permission.
 */
export function requirePermissionsAt(principal: Principal, place: Place, ...needed: readonly (Permission | undefined)[]): void {
  const held = permissionsAt(grantsOf(principal), place);
  const missing = needed.find((permission) => permission !== undefined && !held.has(permission));
  if (missing) throw lacking(principal, missing, place.environmentId === '*' ? ' in the whole project' : '');
}

const lacking = ({ actorId }: Principal, missing: Permission, where = ''): SlipwayError =>
  new SlipwayError(
    'forbidden',
    `This needs the permission '${missing}'${where}, which '${actorId}' does not have; ask an administrator of the project for it.`,
    { permission: missing },
  );

/** @throws SlipwayError `unknown_resource`: a project outside the principal's scope answers as one that does not exist. */
export function requireProject(principal: Principal, projectId: string, kind = 'project', ref = projectId): void {
  if (!mayAccessProject(principal, projectId)) throw unknownResource(kind, ref);
}

/** @throws SlipwayError `unknown_resource` unless the principal's scope covers the environment. */
export function requireEnvironment(principal: Principal, environmentId: string, kind = 'environment', ref = environmentId): void {
  if (!principal.environments.includes('*') && !principal.environments.includes(environmentId)) throw unknownResource(kind, ref);
}
