import { merged } from './merged-pages';

const page = (ids: string, next: string | null) => ({ items: [...ids].map((id) => ({ id })), next_cursor: next });
const idOf = (row: object) => (row as { id: string }).id;
const ids = (pages: { items: object[] }[]) => pages.map(({ items }) => items.map(idOf).join(''));

describe('merged', () => {
  const held = [page('abc', 'c'), page('def', 'f')];
  it.each([
    ['a new row, with what it pushed off its page', page('nab', 'b'), ['n'], ['nabc', 'def']],
    ['a row that left the list', page('bcd', 'd'), ['a'], ['bcd', 'ef']],
    ['a row that changed where it is', page('abc', 'c'), ['b'], ['abc', 'def']],
    ['a row that came up from a later page', page('eab', 'b'), ['e'], ['eabc', 'df']],
    ['a list that has become short', page('ab', null), ['c'], ['ab']],
  ])('has %s', (_what, fresh, changed, expected) =>
    expect(ids(merged(held, new Map([[0, fresh]]), idOf, new Set(changed)))).toEqual(expected),
  );

  it('goes on behind its last page as that was read', () => {
    const [, last] = merged(held, new Map([[1, page('dxf', 'g')]]), idOf, new Set(['e']));
    expect(last!.next_cursor).toBe('g');
  });
});
