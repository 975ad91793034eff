import { hash } from 'node:crypto';

/** JSON with sorted keys and no undefined members: equal values give equal bytes (RFC 8785's ordering, for our value range). */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item === undefined ? null : item)).join(',')}]`;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
}

export const sha256 = (data: string | Uint8Array): string => `sha256:${hash('sha256', data, 'hex')}`;

/** `sha256:<hex>` over the canonical JSON of a value. */
export const digestOf = (value: unknown): string => sha256(canonicalJson(value));
