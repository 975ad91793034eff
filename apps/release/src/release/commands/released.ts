import { requireEnvironment, requirePermissions, runtimePermission, type Permission, type Principal } from '@slipway/contracts';
import { unknownRelease } from '../domain/release.errors';
import type { DraftedRelease, Release } from '../domain/release.state';

/**
 * The release behind a reference, for a principal who may act on its environment and its runtime.
 * @throws SlipwayError `unknown_resource` also outside the principal's environments; `forbidden` without the runtime's permission.
 */
export function released(release: Release, ref: string, principal: Principal, act: 'read' | 'apply' | 'rollback'): DraftedRelease {
  if (release.phase === 'none') throw unknownRelease(ref);
  requireEnvironment(principal, release.subject.environment_id, 'release', ref);
  requirePermissions(principal, runtimePermission(release.subject.runtime_type, act));
  return release;
}

/** What each act asks for on the release itself (spec 001, section 3.3). */
export const PERMISSION: Readonly<Record<'read' | 'apply' | 'rollback', Permission>> = {
  read: 'deploy:release:read',
  apply: 'deploy:release:apply',
  rollback: 'deploy:release:rollback',
};
