import { PERMISSIONS, type Grant, type Permission, type Principal, type RuntimeType } from '@slipway/contracts';
import { DeciderSpec } from '@slipway/event-sourcing';
import { draft, happened, RELEASE_ID, subject } from '../domain/release.fixture';
import { releaseType, type Release } from '../domain/release.state';
import { released } from './released';

const ref = { projectId: 'demo', type: 'release', id: RELEASE_ID } as const;
const releaseOn = (runtime_type: RuntimeType): Release =>
  new DeciderSpec(releaseType, ref)
    .given(happened('release.previewed', 'previewed', { subject: subject({ runtime_type }), draft: draft() }))
    .fold().state;
/** The flat permissions are what is held in all places; the grants what is held where. */
const holder = (here: readonly Permission[], elsewhere: readonly Permission[]): Principal => {
  const grant = (environment: string, permissions: readonly Permission[]): Grant => ({
    permissions,
    projects: ['demo'],
    environments: [environment],
  });
  return {
    actorId: 'mia',
    actorType: 'human',
    permissions: here.filter((permission) => elsewhere.includes(permission)),
    projects: ['demo'],
    environments: [subject().environment_id, 'env-elsewhere'],
    grants: [grant(subject().environment_id, here), grant('env-elsewhere', elsewhere)],
  };
};
const BASE: readonly Permission[] = ['deploy:release:read', 'deploy:release:apply', 'deploy:release:rollback'];

describe.each(['k8s', 'compose'] as const)('what a release on %s asks for besides', (runtime) => {
  it.each(['read', 'apply', 'rollback'] as const)('to %s it, is judged where the release is', (act) => {
    const release = releaseOn(runtime);
    const special: Permission = `deploy:${runtime}:${act}`;
    expect(released(release, RELEASE_ID, holder([...BASE, special], BASE), act)).toBe(release);
    expect(() => released(release, RELEASE_ID, holder(BASE, PERMISSIONS), act)).toThrow(
      expect.objectContaining({ code: 'forbidden', details: { permission: special } }),
    );
  });
});

it.each(['read', 'apply', 'rollback'] as const)('to %s a release takes the permission in its own environment', (act) => {
  const release = releaseOn('process');
  const needed: Permission = `deploy:release:${act}`;
  expect(released(release, RELEASE_ID, holder([needed], []), act)).toBe(release);
  const without = PERMISSIONS.filter((permission) => permission !== needed);
  expect(() => released(release, RELEASE_ID, holder(without, PERMISSIONS), act)).toThrow(
    expect.objectContaining({ details: { permission: needed } }),
  );
});

it('a release outside the environments of a principal is an unknown one', () => {
  const stranger = { ...holder(PERMISSIONS, PERMISSIONS), environments: ['env-elsewhere'] };
  expect(() => released(releaseOn('process'), RELEASE_ID, stranger, 'read')).toThrow(expect.objectContaining({ code: 'unknown_resource' }));
});
