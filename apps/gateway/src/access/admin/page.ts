import { SlipwayError, type Page } from '@slipway/contracts';

export interface Paging {
  /** Default 50, at most 200. */
  readonly limit?: number;
  /** `next_cursor` of the page before. */
  readonly cursor?: string;
}
export interface Order<T> {
  /** Orders the list strictly: no two have the same. */
  readonly key: (one: T) => string;
  readonly direction: 'ASC' | 'DESC';
}

/**
 * One page of what is in memory, as the services page what is in their tables: by key instead of offset, so that pages neither skip nor
 * repeat what is there while the list changes.
 * @throws SlipwayError `invalid_request` for a cursor that is not ours
 */
export function pageOf<T>(list: readonly T[], { key, direction }: Order<T>, { limit = 50, cursor }: Paging): Page<T> {
  const after = cursor === undefined ? undefined : keyIn(cursor);
  const isNext = (one: string): boolean => after === undefined || (direction === 'ASC' ? one > after : one < after);
  const keyed = list.map((one) => ({ one, key: key(one) })).filter((entry) => isNext(entry.key));
  const sign = direction === 'ASC' ? 1 : -1;
  keyed.sort((left, right) => (left.key < right.key ? -sign : sign));
  const last = keyed.length > limit ? keyed[limit - 1] : undefined;
  const next_cursor = last ? Buffer.from(JSON.stringify([last.key])).toString('base64url') : null;
  return { items: keyed.slice(0, limit).map(({ one }) => one), next_cursor };
}

function keyIn(cursor: string): string {
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    key = undefined;
  }
  if (Array.isArray(key) && key.length === 1 && typeof key[0] === 'string') return key[0];
  throw new SlipwayError('invalid_request', "'cursor' is not one that this list gave; start again without it.", { field: 'cursor' });
}
