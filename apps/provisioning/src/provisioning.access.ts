import { requirePermissions, SlipwayError, type Permission, type Principal } from '@slipway/contracts';

/** What a command answers: the resource after it, and the stream position to read it at. */
export interface Changed<View> {
  readonly view: View;
  readonly position: number;
}

/** @throws SlipwayError `forbidden` */
export const requireReader = (principal: Principal): void => requirePermissions(principal, 'deploy:release:read');

/** Environments and targets belong to governance: who only applies cannot bend what judges the apply (ADR 0005). */
export const GOVERN: readonly Permission[] = ['deploy:release:apply', 'deploy:release:approve'];
/** @throws SlipwayError `forbidden` */
export const requireProvisioner = (principal: Principal): void => requirePermissions(principal, ...GOVERN);

/** @throws SlipwayError `forbidden` unless the principal's scope is every project with every environment. */
export function requirePlatformScope(principal: Principal): void {
  requireProvisioner(principal);
  if (principal.projects.includes('*') && principal.environments.includes('*')) return;
  throw new SlipwayError(
    'forbidden',
    `Projects are created and changed by administrators of the platform; '${principal.actorId}' is bound to a part of it.`,
    {
      scope: 'platform',
    },
  );
}
