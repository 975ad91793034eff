import type { Schemas } from '../api/client';

type Json = unknown;
type Entry = Schemas['DiffEntry'];

const isObject = (value: Json): value is Record<string, Json> => typeof value === 'object' && value !== null && !Array.isArray(value);
/** RFC 6901. */
const segments = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

const holderOf = ({ path }: Entry): string => path.slice(0, path.lastIndexOf('/'));

/** Differences in the order in which they are taken back: the last first. Items that went from one list come back from its beginning on. */
function backwards(diff: readonly Entry[]): Entry[] {
  const runs: Entry[][] = [];
  for (const entry of diff) {
    const run = runs.at(-1);
    if (run && entry.op === 'remove' && run[0]!.op === 'remove' && holderOf(run[0]!) === holderOf(entry)) run.push(entry);
    else runs.push([entry]);
  }
  return runs.reverse().flat();
}

/** Takes one difference back, where it stands in its object or list. */
function takeBack({ op, before }: Entry, holder: Record<string, Json> | Json[], key: string): void {
  if (!Array.isArray(holder)) {
    if (op === 'add') delete holder[key];
    else holder[key] = structuredClone(before);
  } else if (op === 'replace') holder[Number(key)] = structuredClone(before);
  else holder.splice(Number(key), op === 'add' ? 1 : 0, ...(op === 'remove' ? [structuredClone(before)] : []));
}

const isHolder = (value: Json): value is Record<string, Json> | Json[] => isObject(value) || Array.isArray(value);
const memberOf = (value: Json, key: string): Json => (isHolder(value) ? (value as Record<string, Json>)[key] : undefined);

/**
 * The manifest that runs now, from the one that will run and the differences between them.
 * @returns undefined where the differences do not fit, e.g. because the list was cut off.
 */
export function manifestBefore(after: Json, diff: readonly Entry[]): Json {
  let manifest = structuredClone(after);
  for (const entry of backwards(diff)) {
    const path = segments(entry.path);
    const last = path.pop();
    if (last === undefined) {
      manifest = entry.before ?? {};
      continue;
    }
    const holder = path.reduce(memberOf, manifest);
    if (!isHolder(holder)) return undefined;
    takeBack(entry, holder, last);
  }
  return manifest;
}
