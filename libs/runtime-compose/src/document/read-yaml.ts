import { parseDocument, type Document } from 'yaml';
import { refused } from './refusal';

const MAX_BYTES = 512 * 1024;
const MAX_DEPTH = 30;
const MAX_NODES = 20_000;

/** One YAML document of plain data: no tags of its own, few aliases, bounded in size and depth. */
export function readYaml(file: string, bytes: Uint8Array): unknown {
  if (bytes.length > MAX_BYTES) throw refused(file, `it has ${bytes.length} bytes, at most ${MAX_BYTES} are read`);
  const document = parseDocument(textOf(file, bytes), {
    schema: 'core',
    version: '1.2',
    merge: true,
    customTags: [],
    resolveKnownTags: false,
    uniqueKeys: true,
    stringKeys: true,
    strict: true,
  });
  const problem = [...document.errors, ...document.warnings][0];
  if (problem) throw refused(file, `it cannot be read: ${problem.message.split('\n')[0]}`);
  const value = plainOf(file, document);
  let nodes = 0;
  const measure = (node: unknown, depth: number): void => {
    if (++nodes > MAX_NODES || depth > MAX_DEPTH) throw refused(file, 'it is too large or too deep');
    if (typeof node === 'object' && node !== null) for (const entry of Object.values(node)) measure(entry, depth + 1);
  };
  measure(value, 0);
  return value;
}

function textOf(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refused(file, 'it is not UTF-8 text');
  }
}

function plainOf(file: string, document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 });
  } catch (error) {
    throw refused(file, `it cannot be read: ${error instanceof Error ? error.message : 'too many aliases'}`);
  }
}
