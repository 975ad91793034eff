import type { Grant, Principal } from '../platform/actor';
import { NONE } from '../platform/names';
import { PERMISSIONS, type Permission } from '../platform/permissions';

const ALL = '*';

/** Every permission everywhere: the scope of a credential that is not narrowed. */
export const UNLIMITED: Grant = { permissions: PERMISSIONS, projects: [ALL], environments: [ALL] };

/** Where permissions are held, and who holds them. */
export type Identity = Pick<Principal, 'actorId' | 'actorType' | 'onBehalfOf'>;
/** A place in the platform; without an environment (or with `_`): the project itself. */
export interface Place {
  readonly projectId: string;
  readonly environmentId?: string;
}

/** What a principal holds where. */
export const grantsOf = (principal: Principal): readonly Grant[] => principal.grants ?? [principal];

const has = (scope: readonly string[], one: string): boolean => scope.includes(ALL) || scope.includes(one);
const isProjectItself = ({ environmentId }: Place): boolean =>
  environmentId === undefined || environmentId === NONE || environmentId === '';

/** Whether a grant holds at a place. At the project itself one that is bound to some of its environments holds too. */
export const grantCovers = (grant: Grant, place: Place): boolean =>
  has(grant.projects, place.projectId) && (isProjectItself(place) || has(grant.environments, place.environmentId!));

/** All permissions that are held at a place. */
export const permissionsAt = (grants: readonly Grant[], place: Place): ReadonlySet<Permission> =>
  new Set(grants.filter((grant) => grantCovers(grant, place)).flatMap(({ permissions }) => permissions));

/** Whether all that is wanted is held wherever it is wanted; what is wanted everywhere ('*') must be held everywhere. */
export const holdsAll = (held: readonly Grant[], wanted: readonly Grant[]): boolean =>
  wanted.every(({ permissions, projects, environments }) =>
    projects.every((projectId) =>
      environments.every((environmentId) => {
        const there = permissionsAt(held, { projectId, environmentId });
        return permissions.every((one) => there.has(one));
      }),
    ),
  );

/** A project with all of its environments, also later ones: where what is the whole project's is judged. */
export const wholeProject = (projectId: string): Place => ({ projectId, environmentId: ALL });

/** The principal as it is at one place: for what is judged there beyond the permissions of a route, e.g. who may approve. */
export function principalAt(principal: Principal, place: Place): Principal {
  const { actorId, actorType, onBehalfOf, projects, environments } = principal;
  const there = grantsOf(principal).filter((grant) => grantCovers(grant, place));
  const permissions = [...new Set(there.flatMap((grant) => grant.permissions))];
  const roles = [...new Set(there.flatMap((grant) => grant.roles ?? []))];
  return { actorId, actorType, ...(onBehalfOf === undefined ? {} : { onBehalfOf }), permissions, roles, projects, environments };
}

const common = (left: readonly string[], right: readonly string[]): readonly string[] =>
  left.includes(ALL) ? right : right.includes(ALL) ? left : left.filter((one) => right.includes(one));

/** What both allow: a child credential has its scope and its parent's grants in common, and nothing else. */
export function intersectGrants(left: readonly Grant[], right: readonly Grant[]): Grant[] {
  const both = left.flatMap((one) =>
    right.map((other) => ({
      permissions: one.permissions.filter((permission) => other.permissions.includes(permission)),
      projects: common(one.projects, other.projects),
      environments: common(one.environments, other.environments),
      ...rolesMember([...(one.roles ?? []), ...(other.roles ?? [])]),
    })),
  );
  return distinct(both.filter(({ permissions, projects, environments }) => [permissions, projects, environments].every(isFilled)));
}

/** The same grants without some permissions. */
export const withoutPermissions = (grants: readonly Grant[], taken: readonly Permission[]): Grant[] =>
  grants
    .map((grant) => ({ ...grant, permissions: grant.permissions.filter((permission) => !taken.includes(permission)) }))
    .filter(({ permissions }) => isFilled(permissions));

const isFilled = (list: readonly unknown[]): boolean => list.length > 0;
const rolesMember = (roles: readonly string[]): { roles?: readonly string[] } =>
  roles.length === 0 ? {} : { roles: [...new Set(roles)].sort() };
const distinct = (grants: readonly Grant[]): Grant[] => [...new Map(grants.map((grant) => [JSON.stringify(grant), grant])).values()];

interface Atom {
  readonly project: string;
  readonly environment: string;
  readonly permissions: readonly Permission[];
  readonly roles: readonly string[];
}

/** The grants taken apart to single scopes, each with all that is held in it. */
function atomsOf(grants: readonly Grant[]): Atom[] {
  const scopes = new Map<string, readonly [string, string]>();
  for (const { projects, environments } of grants) {
    for (const project of projects) for (const environment of environments) scopes.set(`${project} ${environment}`, [project, environment]);
  }
  return [...scopes.values()].map(([project, environment]) => {
    const holding = grants.filter((grant) => has(grant.projects, project) && has(grant.environments, environment));
    const permissions = PERMISSIONS.filter((one) => holding.some((grant) => grant.permissions.includes(one)));
    return { project, environment, permissions, roles: [...new Set(holding.flatMap(({ roles = [] }) => roles))] };
  });
}

export interface Narrowing {
  /** All of them are needed at once, in one scope. */
  readonly needed: readonly Permission[];
  /** The one project that is asked about. */
  readonly projectId?: string;
  /** Ids of a project's environments; asked only where a principal is bound to a project and, elsewhere, to environments. */
  readonly environmentsOf: (projectId: string) => readonly string[];
}

/**
 * The principal as far as it holds all that is needed: `projects` and `environments` are where, `permissions` what it holds in all
 * of it, `grants` what it holds beyond that in parts. Nothing, where it holds the needed nowhere.
 */
export function narrowPrincipal(identity: Identity, grants: readonly Grant[], narrowing: Narrowing): Principal | undefined {
  const { needed, projectId } = narrowing;
  const kept = atomsOf(grants).filter(
    ({ project, permissions }) =>
      needed.every((one) => permissions.includes(one)) && (projectId === undefined || project === ALL || project === projectId),
  );
  const [first] = kept;
  if (!first) return undefined;
  const shared = first.permissions.filter((one) => kept.every(({ permissions }) => permissions.includes(one)));
  const roles = first.roles.filter((one) => kept.every((atom) => atom.roles.includes(one)));
  const environments = environmentsOf(kept, narrowing);
  // A whole project that is listed by its environments would no longer read as a whole one.
  const listed = !environments.includes(ALL) && kept.some(({ environment }) => environment === ALL);
  const uneven = listed || kept.some((atom) => atom.permissions.length !== shared.length || atom.roles.length !== roles.length);
  const { actorId, actorType, onBehalfOf } = identity;
  return {
    actorId,
    actorType,
    permissions: shared,
    projects: absorbed(kept.map(({ project }) => project)),
    environments,
    ...rolesMember(roles),
    ...(uneven ? { grants: kept.map(grantOfAtom) } : {}),
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
  };
}

const grantOfAtom = ({ project, environment, permissions, roles }: Atom): Grant => ({
  permissions,
  projects: [project],
  environments: [environment],
  ...rolesMember(roles),
});
const absorbed = (scope: readonly string[]): string[] => (scope.includes(ALL) ? [ALL] : [...new Set(scope)].sort());

/** Where whole projects and single environments are mixed, a whole project is the environments that it has. */
function environmentsOf(kept: readonly Atom[], narrowing: Narrowing): string[] {
  const whole = kept.filter(({ environment }) => environment === ALL).map(({ project }) => project);
  const covered = (project: string): boolean => whole.includes(ALL) || whole.includes(project);
  const single = kept.filter(({ project, environment }) => environment !== ALL && !covered(project));
  if (single.length === 0) return [ALL];
  return [...new Set([...whole.flatMap(narrowing.environmentsOf), ...single.map(({ environment }) => environment)])].sort();
}

/** All permissions that are held anywhere. */
export const unionOfPermissions = (grants: readonly Grant[]): Permission[] =>
  PERMISSIONS.filter((one) => grants.some(({ permissions }) => permissions.includes(one)));

/** The actor id of an account that acts on behalf of a person. */
export const delegateActorId = (person: string, name: string): string => `delegate:${person}/${name}`;
/** Whom an actor id says to act for; another actor's id stands for itself. */
export const personBehind = (actorId: string): string => /^delegate:(.+)\/[^/]+$/.exec(actorId)?.[1] ?? actorId;
