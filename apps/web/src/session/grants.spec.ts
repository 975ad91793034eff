import { mayIn } from './grants';

const grants = [
  { permissions: ['deploy:release:read' as const], projects: ['*'], environments: ['*'] },
  { permissions: ['deploy:release:apply' as const], projects: ['shop'], environments: ['env-dev'] },
];

describe('mayIn', () => {
  it.each([
    ['deploy:release:read', { project: 'any', environment: 'env-prod' }, true],
    ['deploy:release:apply', {}, true],
    ['deploy:release:apply', { project: 'shop', environment: 'env-dev' }, true],
    ['deploy:release:apply', { project: 'shop', environment: 'env-prod' }, false],
    ['deploy:release:apply', { project: 'other' }, false],
    ['deploy:release:approve', {}, false],
  ])('%s in %j: %p', (permission, place, expected) => expect(mayIn(grants, permission, place)).toBe(expected));
});
