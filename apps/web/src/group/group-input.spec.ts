import { membersProblem, moved, parseMembers } from './group-input';

describe('parseMembers', () => {
  it.each([
    ['nothing', undefined, [{}, {}]],
    ['what is no JSON', '[', [{}, {}]],
    ['what is no list', '{"a":1}', [{}, {}]],
    ['members of other shapes', '[1,{"service":2},null]', [{}, {}, {}]],
    [
      'members',
      '[{"service":"web","artifact":"1","target":"local","variables":{"A":"x","B":1}}]',
      [{ service: 'web', artifact: '1', target: 'local', variables: { A: 'x' } }, {}],
    ],
  ])('reads %s', (_what, text, expected) => expect(parseMembers(text)).toEqual(expected));

  it('takes no more than a group may have', () => expect(parseMembers(JSON.stringify(Array(30).fill({})))).toHaveLength(20));
});

describe('membersProblem', () => {
  const web = { service: 'web', artifact: '1', target: 'local' };
  it.each([
    ['whole and different', [web, { ...web, service: 'api' }], null],
    ['one unfinished', [web, { service: 'api' }], /every member/],
    ['one slot twice', [web, web], /web is there twice/],
    ['two targets of one service', [web, { ...web, target: 'other' }], null],
    ['a variable without a name', [web, { ...web, service: 'api', variables: { '1': 'x' } }], /variable/],
  ])('of %s', (_what, members, expected) => {
    const problem = membersProblem(members);
    if (expected === null) expect(problem).toBeNull();
    else expect(problem).toMatch(expected);
  });
});

it('moves a member to another place', () => {
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
});
