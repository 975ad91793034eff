import { bundleTooLarge, invalidBundle } from './bundle.errors';
import type { BundleLimits } from './bundle.limits';
import { ByteReader } from './byte-reader';
import { BLOCK, decodeUtf8, isZero, paddingOf, parseHeader, type TarHeader } from './tar-header';

/** One entry of an archive as it stands there, unjudged. `body` is read at most once, before the next entry. */
export interface TarEntry {
  readonly path: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'hardlink';
  readonly mode: number;
  readonly size: number;
  readonly linkTarget: string;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Names and attributes that precede their entry in entries of their own. */
interface Extension {
  path?: string;
  linkpath?: string;
  size?: number;
}

const TYPES: Readonly<Record<string, TarEntry['type']>> = {
  '0': 'file',
  '\0': 'file',
  '7': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '5': 'directory',
};
const REFUSED: Readonly<Record<string, string>> = {
  '3': 'a character device',
  '4': 'a block device',
  '6': 'a named pipe',
  S: 'a sparse file',
};
/** Bytes that an extension entry may have; real ones hold a path or two. */
const MAX_EXTENSION = 64 * 1024;

/**
 * Reads ustar, PAX and GNU archives, entry by entry.
 * @throws SlipwayError `artifact_invalid` for what is no such archive, or for an entry that is neither file, directory nor link;
 * `artifact_too_large` beyond the limits.
 */
export async function* readTar(source: AsyncIterable<Uint8Array>, limits: BundleLimits): AsyncGenerator<TarEntry, void, undefined> {
  const reader = new ByteReader(source);
  try {
    let entries = 0;
    let extension: Extension = {};
    for (let block = await reader.take(BLOCK); block && !isZero(block); block = await reader.take(BLOCK)) {
      const header = parseHeader(block);
      if (isExtension(header.type)) {
        extension = { ...extension, ...(await readExtension(reader, header)) };
        continue;
      }
      if (++entries > limits.maxEntries) throw bundleTooLarge('entries', limits.maxEntries);
      yield* entryOf(reader, header, extension, limits);
      extension = {};
    }
    await reader.drain();
  } finally {
    await reader.close();
  }
}

async function* entryOf(reader: ByteReader, header: TarHeader, extension: Extension, limits: BundleLimits): AsyncGenerator<TarEntry> {
  const path = extension.path ?? header.path;
  const type = typeOf(header, path);
  const size = type === 'file' ? (extension.size ?? header.size) : 0;
  if (!Number.isSafeInteger(size) || size < 0) throw invalidBundle(`The archive states no valid size for '${path}'.`, { entry: path });
  if (size > limits.maxUnpackedBytes) throw bundleTooLarge('bytes unpacked', limits.maxUnpackedBytes);
  let missing = size;
  const body = (async function* () {
    for await (const piece of reader.pieces(missing)) {
      missing -= piece.length;
      yield piece;
    }
  })();
  yield { path, type, mode: header.mode, size, linkTarget: extension.linkpath ?? header.linkTarget, body };
  await reader.skip(missing + paddingOf(size));
}

/** Old archives write a directory as a file whose name ends in a slash. */
function typeOf({ type }: TarHeader, path: string): TarEntry['type'] {
  const known = TYPES[type];
  if (!known)
    throw invalidBundle(
      `'${path}' is ${REFUSED[type] ?? `an entry of unknown type '${type}'`}; artifacts hold files, folders and links only.`,
      { entry: path },
    );
  return known === 'file' && path.endsWith('/') ? 'directory' : known;
}

const isExtension = (type: string): boolean => type === 'x' || type === 'g' || type === 'L' || type === 'K';

async function readExtension(reader: ByteReader, { type, size }: TarHeader): Promise<Extension> {
  if (size < 0 || size > MAX_EXTENSION) throw invalidBundle('The archive holds an extended header that is too large.');
  const content = size === 0 ? Buffer.alloc(0) : await reader.take(size);
  if (!content) throw invalidBundle('The archive ends in the middle of an entry; upload it again.');
  await reader.skip(paddingOf(size));
  if (type === 'L') return { path: untilNul(content) };
  if (type === 'K') return { linkpath: untilNul(content) };
  // A global header may comment (git archive does); what it says of files is not for any of them.
  return type === 'g' ? {} : parsePax(content);
}

const untilNul = (content: Buffer): string => {
  const end = content.indexOf(0);
  return decodeUtf8(end < 0 ? content : content.subarray(0, end));
};

/** Records of `<length> <key>=<value>\n`. */
function parsePax(content: Buffer): Extension {
  const extension: Extension = {};
  for (let offset = 0; offset < content.length;) {
    const blank = content.indexOf(32, offset);
    const length = blank < 0 ? Number.NaN : Number(content.toString('latin1', offset, blank));
    if (!Number.isInteger(length) || length < 5 || offset + length > content.length)
      throw invalidBundle('The archive holds a malformed extended header.');
    const record = decodeUtf8(content.subarray(blank + 1, offset + length - 1));
    const key = record.slice(0, record.indexOf('='));
    const value = record.slice(key.length + 1);
    if (key.startsWith('GNU.sparse.')) throw invalidBundle('The archive holds a sparse file; pack it without --sparse.');
    if (key === 'path') extension.path = value;
    if (key === 'linkpath') extension.linkpath = value;
    if (key === 'size') extension.size = /^\d{1,15}$/.test(value) ? Number(value) : -1;
    offset += length;
  }
  return extension;
}
