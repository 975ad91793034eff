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

/**
 * The manifest that runs now, from the one that will run and the differences between them.
 * @returns undefined where the differences do not fit, e.g. because the list was cut off.
 */
export function manifestBefore(after: Json, diff: readonly Entry[]): Json {
  let manifest = structuredClone(after);
  for (const entry of [...diff].reverse()) {
    const path = segments(entry.path);
    const last = path.pop();
    if (last === undefined) {
      manifest = entry.before ?? {};
      continue;
    }
    const holder = path.reduce<Json>((value, key) => (isObject(value) ? value[key] : undefined), manifest);
    if (!isObject(holder)) return undefined;
    if (entry.op === 'add') delete holder[last];
    else holder[last] = structuredClone(entry.before);
  }
  return manifest;
}
