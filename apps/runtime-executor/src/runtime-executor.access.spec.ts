import type { Permission, Principal } from '@slipway/contracts';
import { requireApplier } from './runtime-executor.access';

const here = { projectId: 'demo', environmentId: 'env-here' };
const applier = (special: readonly Permission[], environment: string): Principal => ({
  actorId: 'mia',
  actorType: 'human',
  permissions: ['deploy:release:apply'],
  projects: ['demo'],
  environments: ['env-here', 'env-there'],
  grants: [
    { permissions: ['deploy:release:apply'], projects: ['demo'], environments: ['env-here', 'env-there'] },
    { permissions: special, projects: ['demo'], environments: [environment] },
  ],
});

describe.each(['k8s', 'compose'] as const)('who asks what a release would do on %s', (runtime) => {
  const special: Permission = `deploy:${runtime}:apply`;
  it('may apply to that runtime there', () => {
    expect(() => requireApplier(applier([special], 'env-here'), here, runtime)).not.toThrow();
  });
  it('is refused who may elsewhere only', () => {
    const refusal = expect.objectContaining({ code: 'forbidden', details: { permission: special } }) as Error;
    expect(() => requireApplier(applier([special], 'env-there'), here, runtime)).toThrow(refusal);
  });
});
