import {
  BUILT_IN_ROLES,
  PERMISSIONS,
  sameJson,
  SlipwayError,
  unknownResource,
  type DefineRole,
  type NewRoleEvent,
  type Permission,
} from '@slipway/contracts';
import type { Role } from './role.state';

/** Defines a role, or changes one. @throws SlipwayError `already_exists` for a built-in name */
export function defineRole(name: string, request: DefineRole, state: Role): NewRoleEvent[] {
  if (Object.hasOwn(BUILT_IN_ROLES, name)) {
    throw new SlipwayError('already_exists', `'${name}' is built in and stays as it is; choose another name.`, { role: name });
  }
  const permissions = PERMISSIONS.filter((permission) => request.permissions.includes(permission));
  const title = request.title ?? (state.phase === 'defined' ? state.title : name);
  if (state.phase === 'defined' && state.title === title && sameJson(state.permissions, permissions)) return [];
  return [{ action: 'role.defined', status: 'active', detail: { name, title, permissions } }];
}

/** Its bindings give nothing from then on. @throws SlipwayError `unknown_resource` */
export function deleteRole(name: string, reason: string | undefined, state: Role): NewRoleEvent[] {
  if (state.phase !== 'defined') throw unknownResource('role', name);
  return [{ action: 'role.deleted', status: 'deleted', detail: { reason: reason ?? '' } }];
}

/** @throws SlipwayError `unknown_resource` */
export function permissionsOfRole(name: string, state: Role): readonly Permission[] {
  if (Object.hasOwn(BUILT_IN_ROLES, name)) return BUILT_IN_ROLES[name as keyof typeof BUILT_IN_ROLES];
  if (state.phase !== 'defined') throw unknownResource('role', name);
  return state.permissions;
}
