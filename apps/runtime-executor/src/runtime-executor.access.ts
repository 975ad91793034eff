import {
  requireEnvironment,
  requirePermissions,
  requirePermissionsAt,
  requireProject,
  runtimePermission,
  type Place,
  type Principal,
  type RuntimeType,
} from '@slipway/contracts';

/** What a command answers: the resource after it, and the stream position to read it at. */
export interface Changed<View> {
  readonly view: View;
  readonly position: number;
}

/** @throws SlipwayError `forbidden` */
export const requireReader = (principal: Principal): void => requirePermissions(principal, 'deploy:release:read');

/** @throws SlipwayError `forbidden`, or `unknown_resource` for what is outside the caller's scope */
export function requireIn(principal: Principal, place: { projectId: string; environmentId: string }, kind: string, ref: string): void {
  requireProject(principal, place.projectId, kind, ref);
  requireEnvironment(principal, place.environmentId, kind, ref);
}

/** Who may ask what a release would do in a runtime: whoever may apply it there (ADR 0005). */
export function requireApplier(principal: Principal, place: Place, runtime: RuntimeType): void {
  requirePermissionsAt(principal, place, 'deploy:release:apply', runtimePermission(runtime, 'apply'));
}

/** Holding, resuming and rolling back are one permission (ADR 0005). */
export const requireRollback = (principal: Principal): void => requirePermissions(principal, 'deploy:release:rollback');

/** Rebuilding a read model is governance (ADR 0005). */
export const requireOperator = (principal: Principal): void =>
  requirePermissions(principal, 'deploy:release:apply', 'deploy:release:approve');
