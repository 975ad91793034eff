import { requirePermissions, unknownResource, type Principal, type ResourceType } from '@slipway/contracts';

/** What a command answers: the resource after it, and the stream position to read it at. */
export interface Changed<View> {
  readonly view: View;
  readonly position: number;
}

/** @throws SlipwayError `forbidden` */
export const requireReader = (principal: Principal): void => requirePermissions(principal, 'deploy:release:read');

/** Who may propose: services, changes, artifacts, previews (ADR 0005). @throws SlipwayError `forbidden` */
export const requireDeveloper = (principal: Principal): void => requirePermissions(principal, 'deploy:release:apply');

export const mayAccessEnvironment = (principal: Principal, environmentId: string): boolean =>
  principal.environments.includes('*') || principal.environments.includes(environmentId);

/** Passes what is there; another project's and what does not exist answer alike. @throws SlipwayError `unknown_resource` */
export function present<T>(value: T | null | undefined, kind: ResourceType, ref: string): T {
  if (value === null || value === undefined) throw unknownResource(kind, ref);
  return value;
}
