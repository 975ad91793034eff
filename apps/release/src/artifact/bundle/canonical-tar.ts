import type { PlannedEntry } from './bundle.plan';
import { BLOCK, checksum, paddingOf } from './tar-header';

type Bytes = AsyncGenerator<Uint8Array, void, undefined>;
type Content = (ordinal: number) => AsyncIterable<Uint8Array>;
type HeaderFields = { path: string; type: string; mode: number; size: number; linkTarget?: string };

/**
 * The canonical archive of a plan: entries sorted, time 0, user and group 0 without names, modes 755 and 644 (777 for links),
 * ustar with a PAX header only where a name needs one. Equal content gives equal bytes, whatever packed it; changing a
 * byte of this format changes the digest of every artifact registered afterwards.
 */
export async function* canonicalTar(entries: readonly PlannedEntry[], content: Content): Bytes {
  for (const entry of entries) {
    yield headersOf(entry);
    if (entry.kind !== 'file') continue;
    yield* content(entry.ordinal);
    if (paddingOf(entry.size) > 0) yield Buffer.alloc(paddingOf(entry.size));
  }
  yield Buffer.alloc(2 * BLOCK);
}

function headersOf(entry: PlannedEntry): Buffer {
  switch (entry.kind) {
    case 'directory':
      return withExtension({ path: `${entry.path}/`, type: '5', mode: 0o755, size: 0 });
    case 'file':
      return withExtension({ path: entry.path, type: '0', mode: entry.executable ? 0o755 : 0o644, size: entry.size });
    case 'symlink':
      return withExtension({ path: entry.path, type: '2', mode: 0o777, size: 0, linkTarget: entry.target });
  }
}

function withExtension(fields: HeaderFields): Buffer {
  const records: string[] = [];
  const place = splitPath(fields.path);
  if (!place) records.push(paxRecord('path', fields.path));
  if (Buffer.byteLength(fields.linkTarget ?? '') > 100) records.push(paxRecord('linkpath', fields.linkTarget!));
  const header = ustarHeader(place ?? { prefix: '', name: fields.path }, fields);
  if (records.length === 0) return header;
  const body = Buffer.from(records.join(''));
  const extension = ustarHeader({ prefix: '', name: 'PaxHeader' }, { path: '', type: 'x', mode: 0o644, size: body.length });
  return Buffer.concat([extension, body, Buffer.alloc(paddingOf(body.length)), header]);
}

interface Place {
  readonly prefix: string;
  readonly name: string;
}
/** Into the 155 and 100 bytes that ustar has for a path; `undefined` when it does not fit. */
function splitPath(path: string): Place | undefined {
  if (Buffer.byteLength(path) <= 100) return { prefix: '', name: path };
  for (let slash = path.indexOf('/'); slash > 0 && slash < path.length - 1; slash = path.indexOf('/', slash + 1)) {
    const place = { prefix: path.slice(0, slash), name: path.slice(slash + 1) };
    if (Buffer.byteLength(place.prefix) <= 155 && Buffer.byteLength(place.name) <= 100) return place;
  }
  return undefined;
}

function ustarHeader(place: Place, { type, mode, size, linkTarget = '' }: HeaderFields): Buffer {
  const block = Buffer.alloc(BLOCK);
  const put = (text: string, offset: number, length: number) => Buffer.from(text).copy(block, offset, 0, length);
  const putOctal = (value: number, offset: number, length: number) => put(value.toString(8).padStart(length - 1, '0'), offset, length - 1);
  put(place.name, 0, 100);
  putOctal(mode, 100, 8);
  putOctal(0, 108, 8);
  putOctal(0, 116, 8);
  putOctal(size, 124, 12);
  putOctal(0, 136, 12);
  put(type, 156, 1);
  put(linkTarget, 157, 100);
  put('ustar\u000000', 257, 8);
  put(place.prefix, 345, 155);
  put(`${checksum(block).toString(8).padStart(6, '0')}\u0000 `, 148, 8);
  return block;
}

/** `<length> <key>=<value>\n`, where the length counts its own digits. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const bare = Buffer.byteLength(rest);
  let length = bare + String(bare).length;
  if (String(length).length > String(bare).length) length = bare + String(length).length;
  return `${length}${rest}`;
}
