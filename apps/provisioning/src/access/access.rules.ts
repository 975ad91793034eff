import {
  grantsOf,
  holdsAll,
  NONE,
  permissionsAt,
  requireEnvironment,
  requirePermissions,
  requirePermissionsAt,
  requireProject,
  SlipwayError,
  wholeProject,
  type CredentialLimits,
  type Permission,
  type Place,
  type Principal,
} from '@slipway/contracts';
import type { KnownAccount } from './domain/account.state';
import type { TokenFacts } from './domain/token.state';
import { GOVERN, requirePlatformScope } from '../provisioning.access';

/** Agents propose changes to what runs, never to who may do what. @throws SlipwayError `forbidden` */
export function requireNoAgent({ actorId, actorType }: Principal): void {
  if (actorType !== 'agent') return;
  throw new SlipwayError('forbidden', `'${actorId}' is an agent; agents do not hand out access. Ask a person to do it.`, {
    actor_type: actorType,
  });
}

/**
 * Who governs a place hands out access in it; `_`: the whole platform, or the whole project, which takes more than one environment of it.
 * @throws SlipwayError `forbidden`, `unknown_resource`
 */
export function requireAdministrator(principal: Principal, projectId: string, environmentId: string = NONE): void {
  requireNoAgent(principal);
  if (projectId === NONE) return requirePlatformScope(principal);
  requireProject(principal, projectId);
  if (environmentId !== NONE) requireEnvironment(principal, environmentId);
  requirePermissionsAt(principal, environmentId === NONE ? wholeProject(projectId) : { projectId, environmentId }, ...GOVERN);
}

/** Nobody hands out what he does not hold there himself. @throws SlipwayError `forbidden` */
export function requireHeld(principal: Principal, place: Place, permissions: readonly Permission[]): void {
  const held = permissionsAt(grantsOf(principal), place);
  const missing = permissions.find((permission) => !held.has(permission));
  if (!missing) return;
  throw new SlipwayError('forbidden', `You cannot hand out the permission '${missing}', which you do not hold there yourself.`, {
    permission: missing,
  });
}

/** What is asked for by name must be held at least somewhere in the project, or anywhere. @throws SlipwayError `forbidden` */
export function requireHeldSomewhere(principal: Principal, projectId: string | undefined, permissions: readonly Permission[]): void {
  const held = grantsOf(principal).filter(
    ({ projects }) => projectId === undefined || projects.includes('*') || projects.includes(projectId),
  );
  const missing = permissions.find((permission) => !held.some((grant) => grant.permissions.includes(permission)));
  if (missing) requirePermissions({ ...principal, permissions: [] }, missing);
}

/** Whoever governs an account's project, or the person for whom it acts. @throws SlipwayError `forbidden`, `unknown_resource` */
export function requireOwner(principal: Principal, { projectId, parent }: KnownAccount): void {
  requireNoAgent(principal);
  if (parent?.actor_id !== principal.actorId) requireAdministrator(principal, projectId);
}

/** A token belongs to whom it speaks for, and to the owner of the account that it speaks for. @throws SlipwayError `forbidden` */
export function requireTokenOwner(principal: Principal, token: TokenFacts, account: KnownAccount | undefined): void {
  if (token.actorId === principal.actorId) return;
  if (account) requireOwner(principal, account);
  else requireAdministrator(principal, NONE);
}

/**
 * Who rotates a token gets its secret, and so must hold what it could ever give: as much as making it would take.
 * @throws SlipwayError `forbidden`
 */
export function requireRotatable(principal: Principal, credential: CredentialLimits, token: TokenFacts): void {
  const own = token.actorId === principal.actorId;
  const held = [credential.scope, ...(own ? [] : [grantsOf(principal)])].every((grants) => holdsAll(grants, token.scope));
  if (held && (!own || holdsAll(credential.base, token.base))) return;
  const message = `The secret of '${token.name}' would let you do more than you can now; revoke it and make one of your own.`;
  throw new SlipwayError('forbidden', message, { token_id: token.id });
}
