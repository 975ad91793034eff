import { SlipwayError, type Page } from '@slipway/contracts';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

type KeyValue = string | number;

export interface KeysetOptions<Row> {
  /** Properties of the row, most significant first, that order it strictly: the last one is unique. None is ever null. */
  readonly key: readonly (keyof Row & string)[];
  readonly direction: 'ASC' | 'DESC';
  /** Default 50, at most 200. */
  readonly limit?: number;
  /** `next_cursor` of the page before. */
  readonly cursor?: string;
}

const badCursor = (): SlipwayError =>
  new SlipwayError('invalid_request', "'cursor' is not one that this list gave; start again without it.", { field: 'cursor' });

/** Opaque to callers: the key of the last row of a page. Dates as RFC 3339. */
export const encodeCursor = (key: readonly unknown[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** @throws SlipwayError `invalid_request` */
export function decodeCursor(cursor: string, length: number): KeyValue[] {
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw badCursor();
  }
  const valid = (value: unknown): value is KeyValue =>
    (typeof value === 'string' && !value.includes('\0')) || (typeof value === 'number' && Number.isFinite(value));
  if (!Array.isArray(key) || key.length !== length || !key.every(valid)) throw badCursor();
  return key;
}

/**
 * One page of a query, by key instead of offset: pages neither skip nor repeat rows while others are written, and the
 * hundredth costs what the first does, given an index on the key.
 * @throws SlipwayError `invalid_request` for a cursor that is not ours.
 */
export async function keysetPage<Row extends ObjectLiteral, Item>(
  query: SelectQueryBuilder<Row>,
  options: KeysetOptions<Row>,
  toItem: (row: Row) => Item,
): Promise<Page<Item>> {
  const { key, direction, cursor } = options;
  const limit = Math.min(200, Math.max(1, options.limit ?? 50));
  const columns = key.map((property) => `${query.alias}.${property}`);
  if (cursor !== undefined) {
    const values = decodeCursor(cursor, key.length);
    const parameters = Object.fromEntries(values.map((value, index) => [`keyset${index}`, value]));
    const names = values.map((_, index) => `:keyset${index}`);
    query.andWhere(`(${columns.join(', ')}) ${direction === 'ASC' ? '>' : '<'} (${names.join(', ')})`, parameters);
  }
  for (const column of columns) query.addOrderBy(column, direction);
  let rows: Row[];
  try {
    rows = await query.take(limit + 1).getMany();
  } catch (error) {
    if (cursor !== undefined && isConversionError(error)) throw badCursor();
    throw error;
  }
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { items: rows.slice(0, limit).map(toItem), next_cursor: last ? encodeCursor(key.map((property) => last[property])) : null };
}

/** The latest of the stream positions that what is read is as of; null: none of it tells. */
export const latestOf = (positions: readonly (number | null | undefined)[]): number | null =>
  Math.max(0, ...positions.map((position) => position ?? 0)) || null;

/** PostgreSQL class 22 (data exception): a forged cursor's value does not fit the column. */
function isConversionError(error: unknown): boolean {
  const code = error instanceof Error && 'driverError' in error ? (error.driverError as { code?: string }).code : undefined;
  return code?.startsWith('22') ?? false;
}
