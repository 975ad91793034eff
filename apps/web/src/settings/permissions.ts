import type { Schemas } from '../api/client';

export type Permission = Schemas['Permissions'][number];

/** What each permission lets one do, in words. */
export const MEANS: Readonly<Record<Permission, string>> = {
  'deploy:release:read': 'see releases, services and environments',
  'deploy:k8s:read': 'see what runs in clusters',
  'deploy:compose:read': 'see what runs on Docker hosts',
  'deploy:release:apply': 'preview and apply releases',
  'deploy:release:rollback': 'roll back, hold and resume',
  'deploy:release:approve': 'approve for production',
  'deploy:k8s:apply': 'apply to clusters',
  'deploy:k8s:rollback': 'roll back in clusters',
  'deploy:compose:apply': 'apply to Docker hosts',
  'deploy:compose:rollback': 'roll back on Docker hosts',
  'deploy:approval:read': 'see the inbox',
  'deploy:approval:review': 'decide tickets',
};

export const PERMISSIONS = Object.keys(MEANS) as Permission[];
