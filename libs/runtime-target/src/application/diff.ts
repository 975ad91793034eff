import { canonicalJson, type DiffEntry } from '@slipway/contracts';

const MAX_ENTRIES = 500;

/** What differs between two JSON values, as JSON pointers (RFC 6901), in document order; at most 500 entries. */
export function diffJson(before: unknown, after: unknown): { readonly entries: readonly DiffEntry[]; readonly truncated: boolean } {
  const entries = [...differences(before, after, '')];
  return { entries: entries.slice(0, MAX_ENTRIES), truncated: entries.length > MAX_ENTRIES };
}

function* differences(before: unknown, after: unknown, path: string): Generator<DiffEntry> {
  if (before === undefined && after !== undefined) yield { op: 'add', path, after };
  else if (before !== undefined && after === undefined) yield { op: 'remove', path, before };
  else if (isObject(before) && isObject(after)) {
    for (const key of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
      yield* differences(before[key], after[key], `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
    }
  } else if (!isSame(before, after)) yield { op: 'replace', path, before, after };
}

/** The order of members says nothing, also inside of a list, which is compared whole. */
const isSame = (before: unknown, after: unknown): boolean => before === after || canonicalJson(before) === canonicalJson(after);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
