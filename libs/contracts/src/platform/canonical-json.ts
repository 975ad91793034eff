import { hash } from 'node:crypto';

/** JSON with sorted keys and no undefined members: equal values give equal bytes (RFC 8785's ordering, for our value range). */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value) text += `${text && ','}${canonicalJson(item)}`;
    return `[${text}]`;
  }
  const members = value as Record<string, unknown>;
  for (const key of Object.keys(members).sort()) {
    const member = members[key];
    if (member !== undefined) text += `${text && ','}${quoted(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

/** Names of members repeat, so their quotation is kept; those of documents from outside do not, so not for ever. */
const quotations = new Map<string, string>();
const MOST_QUOTATIONS = 4096;

function quoted(name: string): string {
  const known = quotations.get(name);
  if (known !== undefined) return known;
  if (quotations.size >= MOST_QUOTATIONS) quotations.clear();
  const text = JSON.stringify(name);
  quotations.set(name, text);
  return text;
}

/** Whether two JSON values are the same: the order of members says nothing, at any depth; a missing value is null. */
export const sameJson = (one: unknown, other: unknown): boolean => one === other || canonicalJson(one) === canonicalJson(other);

export const sha256 = (data: string | Uint8Array): string => `sha256:${hash('sha256', data, 'hex')}`;

/** `sha256:<hex>` over the canonical JSON of a value. */
export const digestOf = (value: unknown): string => sha256(canonicalJson(value));
