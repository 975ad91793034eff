import { decodeCursor, encodeCursor, pageLimit, pageOf } from './page';

describe('keyset pages', () => {
  it('carry the last key when there is more, and none at the end', () => {
    const rows = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];
    const first = pageOf(
      rows,
      2,
      (row) => row.name,
      (row) => [row.name],
    );
    expect(first.items).toEqual(['a', 'b']);
    expect(decodeCursor(first.next_cursor!, 'string')).toEqual(['b']);
    expect(
      pageOf(
        rows,
        3,
        (row) => row.name,
        (row) => [row.name],
      ).next_cursor,
    ).toBeNull();
  });

  it.each(['x', encodeCursor(['a', 1]), encodeCursor([1]), Buffer.from('{"a":1}').toString('base64url')])(
    'refuse the cursor %s',
    (cursor) => {
      expect(() => decodeCursor(cursor, 'string')).toThrow(expect.objectContaining({ code: 'invalid_request' }));
    },
  );

  it('are bounded', () => {
    expect([pageLimit(undefined), pageLimit(0), pageLimit(10_000)]).toEqual([50, 1, 200]);
  });
});
