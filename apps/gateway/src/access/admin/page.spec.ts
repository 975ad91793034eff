import { pageOf, type Order } from './page';

const order = (direction: 'ASC' | 'DESC'): Order<string> => ({ key: (one) => one, direction });
const all = (list: readonly string[], direction: 'ASC' | 'DESC', limit: number): string[] => {
  const pages: string[] = [];
  for (let cursor: string | undefined; ;) {
    const { items, next_cursor } = pageOf(list, order(direction), { limit, ...(cursor === undefined ? {} : { cursor }) });
    pages.push(items.join(''));
    if (next_cursor === null) return pages;
    cursor = next_cursor;
  }
};

it('goes through a list in its order, page by page', () => {
  expect(all(['c', 'a', 'd', 'b', 'e'], 'ASC', 2)).toEqual(['ab', 'cd', 'e']);
  expect(all(['c', 'a', 'd', 'b'], 'DESC', 2)).toEqual(['dc', 'ba']);
  expect(all([], 'ASC', 2)).toEqual(['']);
  expect(
    pageOf(
      Array.from({ length: 60 }, (_, nth) => String(nth)),
      order('ASC'),
      {},
    ).items,
  ).toHaveLength(50);
});

it('goes on where it was while the list changes', () => {
  const { next_cursor } = pageOf(['b', 'd', 'f'], order('ASC'), { limit: 2 });
  expect(pageOf(['a', 'b', 'e', 'f'], order('ASC'), { limit: 2, cursor: next_cursor! }).items).toEqual(['e', 'f']);
});

it.each(['rubbish', Buffer.from('[1]').toString('base64url'), Buffer.from('{}').toString('base64url')])(
  'refuses the cursor %s',
  (cursor) => {
    expect(() => pageOf(['a'], order('ASC'), { cursor })).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  },
);
