import type { Grant, Principal } from '../platform/actor';
import { requirePermissionsAt } from '../platform/actor';
import { grantsOf, holdsAll, narrowPrincipal, wholeProject } from './grants';

const READ = 'deploy:release:read' as const;
const APPLY = 'deploy:release:apply' as const;
const grant = (project: string, environment: string, ...permissions: Grant['permissions'][number][]): Grant => ({
  permissions,
  projects: [project],
  environments: [environment],
});

describe('what is held', () => {
  it('holds all that is wanted where every part of it is held, be it by several grants', () => {
    expect(holdsAll([grant('*', '*', READ)], [grant('shop', 'dev', READ)])).toBe(true);
    expect(holdsAll([grant('shop', '*', READ), grant('shop', 'dev', APPLY)], [grant('shop', 'dev', READ, APPLY)])).toBe(true);
    expect(holdsAll([grant('shop', '*', READ)], [])).toBe(true);
  });

  it('does not hold what is wanted in more places, nor more than is held there', () => {
    expect(holdsAll([grant('shop', '*', READ)], [grant('*', '*', READ)])).toBe(false);
    expect(holdsAll([grant('shop', 'dev', READ)], [grant('shop', '*', READ)])).toBe(false);
    expect(holdsAll([grant('shop', '*', READ)], [grant('shop', '*', READ), grant('bank', '*', READ)])).toBe(false);
    expect(holdsAll([grant('shop', '*', READ)], [grant('shop', '*', READ, APPLY)])).toBe(false);
  });
});

describe('a narrowed principal', () => {
  const narrowed = (grants: readonly Grant[]): Principal =>
    narrowPrincipal({ actorId: 'ann', actorType: 'human' }, grants, { needed: [READ], environmentsOf: () => ['prod', 'test'] })!;

  it('governs its whole project still where it holds one environment of another', () => {
    const principal = narrowed([grant('shop', '*', READ), grant('bank', 'dev', READ)]);
    expect(principal).toMatchObject({ projects: ['bank', 'shop'], environments: ['dev', 'prod', 'test'] });
    expect(() => requirePermissionsAt(principal, wholeProject('shop'), READ)).not.toThrow();
    expect(() => requirePermissionsAt(principal, wholeProject('bank'), READ)).toThrow(/in the whole project/);
  });

  it('is said by its members alone where they say it exactly', () => {
    const principal = narrowed([grant('shop', '*', READ), grant('bank', '*', READ)]);
    expect(principal.grants).toBeUndefined();
    expect(holdsAll(grantsOf(principal), [grant('bank', '*', READ)])).toBe(true);
  });
});
