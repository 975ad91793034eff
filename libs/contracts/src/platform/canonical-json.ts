import { hash } from 'node:crypto';

/** JSON with sorted keys and no undefined members: equal values give equal bytes (RFC 8785's ordering, for our value range). */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item === undefined ? null : item)).join(',')}]`;
  const members = value as Record<string, unknown>;
  let text = '';
  for (const key of Object.keys(members).sort()) {
    const member = members[key];
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

export const sha256 = (data: string | Uint8Array): string => `sha256:${hash('sha256', data, 'hex')}`;

/** `sha256:<hex>` over the canonical JSON of a value. */
export const digestOf = (value: unknown): string => sha256(canonicalJson(value));
