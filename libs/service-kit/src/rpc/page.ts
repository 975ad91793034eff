import { SlipwayError, type Page } from '@slipway/contracts';

export const DEFAULT_PAGE = 50;
export const LARGEST_PAGE = 200;

export const pageLimit = (limit: number | undefined): number => Math.min(Math.max(limit ?? DEFAULT_PAGE, 1), LARGEST_PAGE);

/** An opaque keyset cursor: the sort key of the last row of a page. */
export const encodeCursor = (key: readonly (string | number)[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');

const badCursor = (): SlipwayError =>
  new SlipwayError('invalid_request', 'The cursor is not one that a previous page gave; start again without it.', { parameter: 'cursor' });

/**
 * The sort key in a cursor; undefined without one.
 * @param kinds type of each member of the key, in order.
 * @throws SlipwayError `invalid_request` for anything that this service did not make.
 */
export function decodeCursor<K extends readonly ('string' | 'number')[]>(
  cursor: string | undefined,
  ...kinds: K
): { [I in keyof K]: K[I] extends 'number' ? number : string } | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw badCursor();
  }
  const fits = Array.isArray(key) && key.length === kinds.length && key.every((part, index) => typeof part === kinds[index]);
  if (!fits) throw badCursor();
  return key as { [I in keyof K]: K[I] extends 'number' ? number : string };
}

/** A page out of `limit + 1` rows read in sort order: the surplus row tells that there is a next page. */
export function pageOf<Row, T>(
  rows: readonly Row[],
  limit: number,
  view: (row: Row) => T,
  key: (row: Row) => readonly (string | number)[],
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { items: shown.map(view), next_cursor: last === undefined ? null : encodeCursor(key(last)) };
}
