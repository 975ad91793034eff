import type { NewAccountEvent, NewTokenEvent } from '@slipway/contracts';
import { createAccount, disableAccount, enableAccount, seePerson } from './account.decider';
import { AccountAggregate, type Account } from './account.state';
import { createBinding, deleteBinding } from './binding.decider';
import { BindingAggregate } from './binding.state';
import { defineRole, deleteRole, permissionsOfRole } from './role.decider';
import { RoleAggregate } from './role.state';
import { changeTeam, deleteTeam } from './team.decider';
import { TeamAggregate } from './team.state';
import { createToken, revokeToken, rotateToken, type NewToken } from './token.decider';
import { TokenAggregate, type Token } from './token.state';

const NOW = '2026-11-20T12:00:00.000Z';
const at = (seconds: number): string => new Date(Date.parse(NOW) + seconds * 1000).toISOString();
const digest = (fill: string): string => `sha256:${fill.repeat(64)}`;

/** Folds what a decision returned, as the log would. */
function after<S, E>(type: { evolve(state: S, event: E): S }, state: S, events: readonly object[]): S {
  const envelope = { resource_id: 'x', project_id: 'demo', actor_id: 'ann', occurred_at: NOW };
  return events.reduce<S>((folded, event) => type.evolve(folded, { ...envelope, ...event } as E), state);
}
const code = (act: () => unknown): string => {
  try {
    act();
    return 'done';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('account', () => {
  const wanted = { actorId: 'account:demo/ci', kind: 'service', name: 'ci', title: 'CI', parent: null } as const;
  const created: NewAccountEvent[] = createAccount(wanted, AccountAggregate.initial);
  const account: Account = after(AccountAggregate, AccountAggregate.initial, created);

  it('is made once', () => {
    expect(created).toMatchObject([{ action: 'account.created', detail: { actor_id: 'account:demo/ci', kind: 'service' } }]);
    expect(code(() => createAccount(wanted, account))).toBe('already_exists');
  });

  it('is disabled and enabled, each once', () => {
    const disabled = after(AccountAggregate, account, disableAccount('left', account, 'x'));
    expect(disabled).toMatchObject({ phase: 'disabled' });
    expect(disableAccount('again', disabled, 'x')).toEqual([]);
    expect(enableAccount(undefined, account, 'x')).toEqual([]);
    expect(after(AccountAggregate, disabled, enableAccount(undefined, disabled, 'x'))).toMatchObject({ phase: 'active' });
    expect(code(() => disableAccount('', AccountAggregate.initial, 'x'))).toBe('unknown_resource');
  });

  it('of a person changes only where something about the person is new, and stays disabled', () => {
    const person = { actor_id: 'oidc:ann', issuer: 'https://idp', name: 'Ann', groups: ['b', 'a', 'a'], claims: [] };
    const seen = after(AccountAggregate, AccountAggregate.initial, seePerson(person, AccountAggregate.initial));
    expect(seen).toMatchObject({ kind: 'human', seen: { groups: ['a', 'b'] } });
    expect(seePerson({ ...person, groups: ['a', 'b'] }, seen)).toEqual([]);
    const disabled = after(AccountAggregate, seen, disableAccount('', seen, 'x'));
    const moved = after(AccountAggregate, disabled, seePerson({ ...person, groups: ['c'] }, disabled));
    expect(moved).toMatchObject({ phase: 'disabled', seen: { groups: ['c'] } });
  });
});

describe('token', () => {
  const wanted: NewToken = {
    kind: 'personal',
    name: 'laptop',
    actorId: 'ann',
    actorType: 'human',
    accountId: null,
    scope: [{ permissions: ['deploy:release:read'], projects: ['demo'], environments: ['*'] }],
    base: [],
    parentTokenId: null,
    parentExpiresAt: null,
    lifetimeS: 3600,
    digest: digest('a'),
    now: NOW,
  };
  const make = (over: Partial<NewToken> = {}): NewTokenEvent[] => createToken({ ...wanted, ...over }, TokenAggregate.initial);
  const token: Token = after(TokenAggregate, TokenAggregate.initial, make());
  const expiry = (over: Partial<NewToken>): unknown => (make(over)[0]!.detail as { expires_at: string }).expires_at;

  it('never outlives its parent', () => {
    expect(expiry({})).toBe(at(3600));
    expect(expiry({ parentExpiresAt: at(60) })).toBe(at(60));
    expect(expiry({ parentExpiresAt: at(7200) })).toBe(at(3600));
  });

  it('that could do nothing is not made', () => expect(code(() => make({ scope: [] }))).toBe('forbidden'));

  it('gets a new secret while the old one works on for the overlap, but not beyond its expiry', () => {
    expect(rotateToken(digest('b'), 60, NOW, token, 'x')).toMatchObject([
      { detail: { secret_digest: digest('b'), previous_until: at(60) } },
    ]);
    expect(rotateToken(digest('b'), 86_400, NOW, token, 'x')).toMatchObject([{ detail: { previous_until: at(3600) } }]);
    expect(code(() => rotateToken(digest('b'), 0, at(3600), token, 'x'))).toBe('resource_deleted');
  });

  it('is revoked once, and not rotated any more', () => {
    const revoked = after(TokenAggregate, token, revokeToken('lost', token, 'x'));
    expect(revoked).toMatchObject({ phase: 'revoked' });
    expect(revokeToken('lost', revoked, 'x')).toEqual([]);
    expect(code(() => rotateToken(digest('b'), 0, NOW, revoked, 'x'))).toBe('resource_deleted');
    expect(code(() => revokeToken('', TokenAggregate.initial, 'x'))).toBe('unknown_resource');
  });
});

describe('role', () => {
  it('is a set of permissions; built-in ones stay as they are', () => {
    const events = defineRole('deployer', { permissions: ['deploy:release:apply', 'deploy:release:read'] }, RoleAggregate.initial);
    const role = after(RoleAggregate, RoleAggregate.initial, events);
    expect(permissionsOfRole('deployer', role)).toEqual(['deploy:release:read', 'deploy:release:apply']);
    expect(defineRole('deployer', { permissions: ['deploy:release:read', 'deploy:release:apply'] }, role)).toEqual([]);
    expect(code(() => defineRole('admin', { permissions: ['deploy:release:read'] }, RoleAggregate.initial))).toBe('already_exists');
    const deleted = after(RoleAggregate, role, deleteRole('deployer', undefined, role));
    expect(code(() => permissionsOfRole('deployer', deleted))).toBe('unknown_resource');
    expect(permissionsOfRole('viewer', RoleAggregate.initial)).toContain('deploy:release:read');
  });
});

describe('binding and team', () => {
  const scope = { kind: 'environment', team_id: '_', project_id: 'demo', environment_id: 'env-1' } as const;
  const wanted = { role: 'viewer', subject: { kind: 'actor', ref: 'ann' }, scope } as const;

  it('is bound once, taken back, and bound again', () => {
    const bound = after(BindingAggregate, BindingAggregate.initial, createBinding(wanted, BindingAggregate.initial));
    expect(createBinding(wanted, BindingAggregate.initial)).toMatchObject([{ environmentId: 'env-1' }]);
    expect(code(() => createBinding(wanted, bound))).toBe('already_exists');
    const deleted = after(BindingAggregate, bound, deleteBinding('left', bound, 'x'));
    expect(createBinding(wanted, deleted)).toHaveLength(1);
    expect(code(() => deleteBinding('', deleted, 'x'))).toBe('unknown_resource');
  });

  it('has the members that were named last', () => {
    const team = after(TeamAggregate, TeamAggregate.initial, changeTeam('web', { members: ['bob', 'ann'] }, TeamAggregate.initial));
    expect(team).toEqual({ phase: 'active', title: 'web', members: ['ann', 'bob'] });
    expect(changeTeam('web', { members: ['ann', 'bob'] }, team)).toEqual([]);
    expect(after(TeamAggregate, team, deleteTeam('web', undefined, team))).toEqual({ phase: 'deleted' });
  });
});
