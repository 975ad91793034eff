import type { KubeObject, ManagedFields } from '../api/kube-object';

/** Members by which the API tells the items of a list apart, the first that an item has. */
const LIST_KEYS = ['name', 'containerPort', 'port', 'mountPath', 'ip', 'key', 'type', 'uid'] as const;

/** `[web]` for an item with a name, `[containerPort=8080]` for another key; undefined for a plain value. */
export function itemKey(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const members = item as Record<string, unknown>;
  const key = LIST_KEYS.find((candidate) => ['string', 'number'].includes(typeof members[candidate]));
  if (key === undefined) return undefined;
  return key === 'name' ? `[${String(members[key])}]` : `[${key}=${String(members[key])}]`;
}

export interface OwnedField {
  readonly path: string;
  readonly manager: string;
  readonly time: string;
}

/** The fields of an object that a manager set last, as paths: `spec.template.spec.containers[web].image`. */
export const ownedFields = ({ metadata }: KubeObject): readonly OwnedField[] =>
  (metadata.managedFields ?? []).filter(({ subresource }) => subresource !== 'status').flatMap(fieldsOf);

function fieldsOf({ manager, time, fieldsV1 }: ManagedFields): OwnedField[] {
  return [...leaves(fieldsV1 ?? {}, '')].map((path) => ({ path, manager: manager ?? 'unknown', time: String(time ?? '') }));
}

function* leaves(fields: Record<string, unknown>, path: string): Generator<string> {
  const members = Object.entries(fields).filter(([key]) => key !== '.');
  if (members.length === 0 && path !== '') yield path;
  for (const [key, below] of members) yield* leaves(below as Record<string, unknown>, `${path}${segment(key, path)}`);
}

function segment(key: string, path: string): string {
  if (key.startsWith('f:')) return path === '' ? key.slice(2) : `.${key.slice(2)}`;
  if (!key.startsWith('k:')) return '';
  return itemKey(JSON.parse(key.slice(2))) ?? key.slice(2);
}
