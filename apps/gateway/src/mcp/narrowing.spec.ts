import { environmentId, PERMISSIONS, type Principal } from '@slipway/contracts';
import { both, narrowed, requestedNarrowing } from './narrowing';

const human: Principal = { actorId: 'ada', actorType: 'human', permissions: PERMISSIONS, projects: ['*'], environments: ['*'] };
const dev = environmentId('demo', 'dev');

it('reads query and headers, and keeps what both leave', () => {
  const query = { projects: 'demo,other', permissions: 'deploy:release:read' };
  expect(requestedNarrowing(query, { 'slipway-projects': 'demo', 'slipway-read-only': 'true' })).toEqual({
    readOnly: true,
    permissions: ['deploy:release:read'],
    projects: ['demo'],
  });
  expect(requestedNarrowing({ projects: 'demo', environments: 'dev' }, {})).toEqual({ projects: ['demo'], environments: [dev] });
  expect(requestedNarrowing({}, {})).toEqual({});
});

it.each([
  { readonly: 'true' },
  { read_only: 'yes' },
  { projects: '' },
  { projects: 'A b' },
  { permissions: 'all' },
  { environments: 'dev' },
])('refuses %j rather than leave the session wide', (query) =>
  expect(() => requestedNarrowing(query, {})).toThrow('narrowing is not valid'),
);

it('makes an agent on behalf of the person, who can never approve', () => {
  const agent = narrowed(human, {});
  expect(agent).toMatchObject({ actorId: 'ada', actorType: 'agent', onBehalfOf: 'ada', projects: ['*'] });
  expect(PERMISSIONS.filter((permission) => !agent.permissions.includes(permission))).toEqual([
    'deploy:release:approve',
    'deploy:approval:review',
  ]);
  expect(narrowed({ ...human, actorType: 'agent', onBehalfOf: 'grace' }, {}).onBehalfOf).toBe('grace');
});

it('gives nothing that was not there, in any grant', () => {
  const grants = [
    {
      permissions: ['deploy:release:read', 'deploy:release:apply', 'deploy:release:approve'] as const,
      projects: ['demo', 'two'],
      environments: ['*'],
    },
    { permissions: ['deploy:release:read'] as const, projects: ['three'], environments: [dev] },
  ];
  const scoped: Principal = { ...human, permissions: ['deploy:release:read'], projects: ['demo', 'two', 'three'], grants };
  expect(
    narrowed(scoped, { projects: ['demo'], environments: [dev], permissions: ['deploy:release:apply', 'deploy:release:rollback'] }),
  ).toMatchObject({
    permissions: [],
    projects: ['demo'],
    environments: [dev],
    grants: [
      { permissions: ['deploy:release:apply'], projects: ['demo'], environments: [dev] },
      { permissions: [], projects: [], environments: [dev] },
    ],
  });
  expect(() => narrowed({ ...human, projects: ['demo'] }, { projects: ['other'] })).toThrow("no project 'other'");
});

it('narrows twice, never back', () => {
  const once = { projects: ['a', 'b'], readOnly: true } as const;
  expect(both(once, { projects: ['b', 'c'] })).toEqual({ readOnly: true, projects: ['b'] });
  expect(both({}, once)).toEqual(once);
});
