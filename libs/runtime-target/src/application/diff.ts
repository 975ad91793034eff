import { sameJson, type DiffEntry } from '@slipway/contracts';

const MAX_ENTRIES = 500;

/**
 * What differs between two JSON values, as JSON pointers (RFC 6901), in document order; at most 500 entries. Items of a list that have
 * names are told apart by them, and stand at their place in the later list (a removed one: in the earlier); any other list is compared whole.
 */
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
  } else if (sameJson(before, after)) return;
  else if (isNamed(before) && isNamed(after) && inOrder(before, after)) yield* itemDifferences(before, after, path);
  else yield { op: 'replace', path, before, after };
}

interface Named {
  readonly name: string;
}

function* itemDifferences(before: readonly Named[], after: readonly Named[], path: string): Generator<DiffEntry> {
  for (const [index, item] of before.entries())
    if (!after.some(({ name }) => name === item.name)) yield* differences(item, undefined, `${path}/${index}`);
  for (const [index, item] of after.entries())
    yield* differences(
      before.find(({ name }) => name === item.name),
      item,
      `${path}/${index}`,
    );
}

const isNamed = (value: unknown): value is readonly Named[] =>
  Array.isArray(value) &&
  value.every((item: unknown) => isObject(item) && typeof item['name'] === 'string') &&
  new Set(value.map(({ name }: Named) => name)).size === value.length;

/** What both have stands in the same order: an order may matter, and is then the difference. */
function inOrder(before: readonly Named[], after: readonly Named[]): boolean {
  const common = (of: readonly Named[], other: readonly Named[]): string[] =>
    of.map(({ name }) => name).filter((name) => other.some((item) => item.name === name));
  return sameJson(common(before, after), common(after, before));
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
