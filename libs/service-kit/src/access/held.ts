import { BUILT_IN_ROLES, NONE, type AccessReason, type BindingScope, type Grant, type Permission } from '@slipway/contracts';
import type { DirectoryState, KnownBinding } from './directory.state';

/** A grant, and why it is held. */
export interface Held {
  readonly grant: Grant;
  readonly because: AccessReason;
}

export interface Holder {
  readonly actorId: string;
  readonly groups: readonly string[];
}

/** What role bindings give to an actor: bound directly, to one of the groups, or to a team. */
export function heldByBindings(state: DirectoryState, configured: readonly KnownBinding[], holder: Holder): Held[] {
  return [...configured, ...state.bindings.values()].flatMap((binding) => {
    const via = viaOf(state, binding, holder);
    return via === undefined ? [] : heldOf(state, binding, via);
  });
}

/** A binding's grant, if its role and its scope still give one. */
export function heldOf(state: DirectoryState, { id, role, scope, source }: KnownBinding, via: string): Held[] {
  const permissions = permissionsOf(state, role);
  const places = placesOf(state, scope);
  if (permissions.length === 0 || places.projects.length === 0) return [];
  return [{ grant: { permissions, ...places, roles: [role] }, because: { role, via, scope, binding_id: source === 'log' ? id : null } }];
}

export const permissionsOf = (state: DirectoryState, role: string): readonly Permission[] =>
  Object.hasOwn(BUILT_IN_ROLES, role) ? BUILT_IN_ROLES[role as keyof typeof BUILT_IN_ROLES] : (state.roles.get(role)?.permissions ?? []);

function viaOf(state: DirectoryState, { subject: { kind, ref }, source }: KnownBinding, holder: Holder): string | undefined {
  const from = source === 'configuration' ? ' (configuration)' : '';
  if (kind === 'actor') return ref === holder.actorId ? `direct${from}` : undefined;
  if (kind === 'group') return holder.groups.includes(ref) ? `group:${ref}${from}` : undefined;
  return state.teams.get(ref)?.members.includes(holder.actorId) ? `team:${ref}${from}` : undefined;
}

function placesOf(state: DirectoryState, scope: BindingScope): Pick<Grant, 'projects' | 'environments'> {
  if (scope.kind === 'platform') return { projects: ['*'], environments: ['*'] };
  if (scope.kind === 'team') return { projects: state.projectsOfTeam(scope.team_id), environments: ['*'] };
  return { projects: [scope.project_id], environments: [scope.environment_id === NONE ? '*' : scope.environment_id] };
}
