import { SlipwayError } from '@slipway/contracts';
import { parseDocument } from 'yaml';

/** A mapping of the document, and where in it. */
export interface Ledger {
  readonly value: Readonly<Record<string, unknown>>;
  readonly path: string;
}

const MAX_BYTES = 262_144;
const MAX_ALIASES = 20;

export const refused = (field: string, why: string): SlipwayError =>
  new SlipwayError('kubeconfig_refused', `kubeconfig: '${field}' ${why}.`, { field });

/** YAML 1.2 core schema or JSON: no custom tags, no duplicate keys, few aliases, 256 KiB at most. */
export function parseKubeconfig(content: string): Ledger {
  if (Buffer.byteLength(content) > MAX_BYTES) throw refused('(document)', 'is larger than 256 KiB');
  const document = parseDocument(content, {
    version: '1.2',
    schema: 'core',
    customTags: [],
    uniqueKeys: true,
    merge: false,
    stringKeys: true,
  });
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault) throw refused('(document)', `is not valid YAML: ${fault.message.split('\n')[0]}`);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch {
    throw refused('(document)', 'has too many aliases');
  }
  return mapping(value, '');
}

export function mapping(value: unknown, path: string): Ledger {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refused(path || '(document)', 'must be a mapping');
  return { value: value as Readonly<Record<string, unknown>>, path };
}

/** The mapping, when it has no field but those. */
export function onlyFields(entry: Ledger, allowed: readonly string[]): Ledger {
  const other = Object.keys(entry.value).find((field) => !allowed.includes(field));
  if (other === undefined) return entry;
  throw refused(
    entry.path ? `${entry.path}.${other}` : other,
    'is not allowed; leave it out, or write the file with `kubectl config view --minify --flatten`',
  );
}

/** `clusters: [{ name, cluster: {...} }]` by its name. */
export function namedEntry(root: Ledger, list: string, name: string, member: string): Ledger {
  const entries = root.value[list];
  if (!Array.isArray(entries)) throw refused(list, 'must be a list');
  const found = entries.flatMap((entry: unknown, index) => {
    const named = mapping(entry, `${list}[${index}]`);
    return named.value['name'] === name ? [named] : [];
  });
  if (found.length === 0) throw refused(list, `has no entry named '${name}'`);
  if (found.length > 1) throw refused(list, `has several entries named '${name}'`);
  const own = onlyFields(found[0]!, ['name', member]);
  return mapping(own.value[member], `${own.path}.${member}`);
}

/** A string; undefined when it is not there. */
export function text(entry: Ledger, field: string): string | undefined {
  const value = entry.value[field];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  throw refused(entry.path ? `${entry.path}.${field}` : field, 'must be a string');
}
