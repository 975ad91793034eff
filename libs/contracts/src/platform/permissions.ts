/** Exactly the strings of spec 001, section 3.3. */
export const PERMISSIONS = [
  'deploy:release:read',
  'deploy:k8s:read',
  'deploy:compose:read',
  'deploy:release:apply',
  'deploy:release:rollback',
  'deploy:release:approve',
  'deploy:k8s:apply',
  'deploy:k8s:rollback',
  'deploy:compose:apply',
  'deploy:compose:rollback',
  'deploy:approval:read',
  'deploy:approval:review',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const READS: readonly Permission[] = ['deploy:release:read', 'deploy:k8s:read', 'deploy:compose:read', 'deploy:approval:read'];
const CHANGES: readonly Permission[] = [
  'deploy:release:apply',
  'deploy:release:rollback',
  'deploy:k8s:apply',
  'deploy:k8s:rollback',
  'deploy:compose:apply',
  'deploy:compose:rollback',
];

/** Roles of the embedded issuer (tokens.json): sets of the permission strings. */
export const EMBEDDED_ROLES = {
  admin: PERMISSIONS,
  developer: [...READS, ...CHANGES],
  approver: [...READS, 'deploy:release:approve', 'deploy:approval:review'],
  viewer: READS,
  agent: [...READS, ...CHANGES],
} as const satisfies Record<string, readonly Permission[]>;
/** Roles that every platform has; others are defined beside them. */
export const BUILT_IN_ROLES: Readonly<Record<EmbeddedRole, readonly Permission[]>> = EMBEDDED_ROLES;
export type EmbeddedRole = keyof typeof EMBEDDED_ROLES;

/** What a runtime asks for on top of the release permission; the embedded process runtime asks for nothing more. */
export function runtimePermission(runtime: 'k8s' | 'compose' | 'process', act: 'read' | 'apply' | 'rollback'): Permission | undefined {
  return runtime === 'process' ? undefined : `deploy:${runtime}:${act}`;
}
