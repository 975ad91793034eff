import { requireEnvironment, requirePermissionsAt, runtimePermission, type Permission, type Principal } from '@slipway/contracts';
import { unknownRelease } from '../domain/release.errors';
import type { DraftedRelease, Release } from '../domain/release.state';

/**
 * The release behind a reference, for a principal who may do this in its environment, and to its runtime: judged there, because a
 * principal holds different permissions in different places.
 * @throws SlipwayError `unknown_resource` also outside the principal's environments; `forbidden`
 */
export function released(release: Release, ref: string, principal: Principal, act: 'read' | 'apply' | 'rollback'): DraftedRelease {
  if (release.phase === 'none') throw unknownRelease(ref);
  requireEnvironment(principal, release.subject.environment_id, 'release', ref);
  const place = { projectId: release.facts.project_id, environmentId: release.subject.environment_id };
  requirePermissionsAt(principal, place, PERMISSION[act], runtimePermission(release.subject.runtime_type, act));
  return release;
}

/** What each act asks for on the release itself (spec 001, section 3.3). */
export const PERMISSION: Readonly<Record<'read' | 'apply' | 'rollback', Permission>> = {
  read: 'deploy:release:read',
  apply: 'deploy:release:apply',
  rollback: 'deploy:release:rollback',
};
