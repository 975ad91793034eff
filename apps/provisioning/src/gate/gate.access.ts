import { requirePermissions, SlipwayError, type GateOf, type Permission, type Principal } from '@slipway/contracts';

/**
 * Whoever can roll back can pull the cord; letting go again, and windows, are for who governs the place.
 * @throws SlipwayError `forbidden`; for a gate wider than the principal's scope as well.
 */
function requireOver(principal: Principal, { scope }: GateOf, ...permissions: readonly Permission[]): void {
  requirePermissions(principal, ...permissions);
  const everyProject = principal.projects.includes('*');
  const everyEnvironment = principal.environments.includes('*');
  if (scope === 'environment' || (everyEnvironment && (scope === 'project' || everyProject))) return;
  const message = `The gate of the ${scope} is for who acts on all of it; '${principal.actorId}' is bound to a part. Name a narrower one.`;
  throw new SlipwayError('forbidden', message, { scope });
}
export const requireFreezer = (principal: Principal, gate: GateOf): void =>
  requireOver(principal, gate, 'deploy:release:apply', 'deploy:release:approve');
export const requireStopper = (principal: Principal, gate: GateOf): void => requireOver(principal, gate, 'deploy:release:rollback');
export const requireResumer = (principal: Principal, gate: GateOf): void => requireOver(principal, gate, 'deploy:release:approve');
