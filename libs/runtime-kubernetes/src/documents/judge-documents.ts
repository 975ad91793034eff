import { parseAllDocuments } from 'yaml';
import type { KubeObject } from '../api/kube-object';
import { refused } from '../render/refused';
import { judgeFields } from './field-rules';
import { DOCUMENT_KINDS, INSTEAD, isObjectName, METADATA } from './kinds';

const MAX_BYTES = 512 * 1024;
const MAX_OBJECTS = 100;

/**
 * Somebody's own manifests, judged by an allow-list of kinds and fields before anything is connected to.
 * @throws SlipwayError `manifest_refused`; the field reads `<file>#<document>.<path>`
 */
export function judgeDocuments(
  files: Readonly<Record<string, Uint8Array>>,
  names: readonly string[],
  namespace: string,
): readonly KubeObject[] {
  const objects = names.flatMap((name) => {
    const bytes = files[name];
    if (!bytes) throw refused(name, 'the artifact has no such file.');
    return documentsOf(name, bytes);
  });
  if (objects.length === 0) throw refused('kubernetes.files', 'the files hold no object.');
  if (objects.length > MAX_OBJECTS) throw refused('kubernetes.files', `there are more than ${MAX_OBJECTS} objects.`);
  const seen = new Set<string>();
  for (const { path, object } of objects) {
    judgeObject(object, path, namespace);
    const key = `${object.kind} ${object.metadata.name}`;
    if (seen.has(key)) throw refused(`${path}.metadata.name`, `there is a second ${key}.`);
    seen.add(key);
  }
  return objects.map(({ object }) => object);
}

interface Found {
  readonly path: string;
  readonly object: KubeObject;
}

function documentsOf(file: string, bytes: Uint8Array): readonly Found[] {
  if (bytes.byteLength > MAX_BYTES) throw refused(file, `the file is larger than ${MAX_BYTES / 1024} KiB.`);
  const documents = parseAllDocuments(Buffer.from(bytes).toString('utf8'), {
    customTags: [],
    schema: 'core',
    uniqueKeys: true,
    merge: false,
  });
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((document, index) => {
    const path = `${file}#${index + 1}`;
    if (document.errors.length > 0) throw refused(path, `it is not YAML: ${document.errors[0]!.message.split('\n')[0]}`);
    let value: unknown;
    try {
      value = document.toJS({ maxAliasCount: 0 });
    } catch {
      throw refused(path, 'aliases are not accepted; write every value where it belongs.');
    }
    return value === null || value === undefined ? [] : [{ path, object: value as KubeObject }];
  });
}

function judgeObject(object: KubeObject, path: string, namespace: string): void {
  if (typeof object !== 'object' || Array.isArray(object)) throw refused(path, 'must be a mapping.');
  const { apiVersion, kind, metadata, ...rest } = object;
  const known = DOCUMENT_KINDS[`${apiVersion} ${kind}`];
  if (!known) throw refused(`${path}.kind`, `${apiVersion} ${kind} is not deployed: ${INSTEAD[kind] ?? `allowed are ${allowedKinds()}.`}`);
  judgeFields(metadata, { ...METADATA, ...(known.annotations && { annotations: known.annotations }) }, `${path}.metadata`);
  if (!isObjectName(metadata.name) || metadata.name.startsWith('slipway-'))
    throw refused(`${path}.metadata.name`, 'must be a lower-case name that does not begin with slipway-.');
  if (metadata.namespace !== undefined && metadata.namespace !== namespace)
    throw refused(`${path}.metadata.namespace`, `the target deploys to ${namespace}; leave it out.`);
  judgeFields(rest, known.rules, path);
}

const allowedKinds = (): string => Object.keys(DOCUMENT_KINDS).join(', ');
