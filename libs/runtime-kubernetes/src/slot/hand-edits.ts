import type { KubeObject } from '../api/kube-object';
import { itemKey, ownedFields } from './field-paths';

/** Managers behind which a person sits: kubectl in all its forms, and consoles. Whatever else writes, a controller may need. */
const BY_HAND = /^(kubectl|k9s|lens|Mozilla|oc$|node-fetch|unknown)/i;

/** The object without what people have set in its spec beside what is rendered; null when there is nothing. */
export function withoutHandEdits(object: KubeObject): KubeObject | null {
  const paths = ownedFields(object)
    .filter(({ manager, path }) => BY_HAND.test(manager) && path.startsWith('spec.'))
    .map(({ path }) => path);
  if (paths.length === 0) return null;
  return without(object, '', new Set(paths)) as KubeObject;
}

function without(value: unknown, path: string, gone: ReadonlySet<string>): unknown {
  if (Array.isArray(value))
    return value
      .map((item: unknown) => without(item, `${path}${itemKey(item) ?? ''}`, gone))
      .filter((item) => !(typeof item === 'object' && item !== null && Object.keys(item).length === 0));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, below]) => {
      const at = path === '' ? key : `${path}.${key}`;
      return gone.has(at) ? [] : [[key, without(below, at, gone)] as const];
    }),
  );
}
