import { invalidBundle } from './bundle.errors';

export const BLOCK = 512;

/** A ustar header, as far as a bundle needs it. `type` is the format's type flag. */
export interface TarHeader {
  readonly path: string;
  readonly type: string;
  readonly mode: number;
  readonly size: number;
  readonly linkTarget: string;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** @throws SlipwayError `artifact_invalid` when the block is no header of a tar archive. */
export function parseHeader(block: Buffer): TarHeader {
  if (checksum(block) !== octal(block, 148, 8)) {
    throw invalidBundle('This is not a tar archive (or a damaged one); pack the artifact with: tar -czf artifact.tgz -C <folder> .');
  }
  const ustar = block.toString('latin1', 257, 262) === 'ustar';
  const prefix = ustar && block.toString('latin1', 262, 263) === '\0' ? text(block, 345, 155) : '';
  const name = text(block, 0, 100);
  return {
    path: prefix ? `${prefix}/${name}` : name,
    type: block.toString('latin1', 156, 157),
    mode: octal(block, 100, 8),
    size: octal(block, 124, 12),
    linkTarget: text(block, 157, 100),
  };
}

export const isZero = (block: Buffer): boolean => block.every((byte) => byte === 0);
export const paddingOf = (size: number): number => (BLOCK - (size % BLOCK)) % BLOCK;

/** The sum of all bytes, the checksum field itself counted as blanks. */
export function checksum(block: Buffer): number {
  let sum = 8 * 32;
  for (let index = 0; index < BLOCK; index++) if (index < 148 || index >= 156) sum += block[index]!;
  return sum;
}

export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw invalidBundle('A name in the archive is not UTF-8; rename the file.', { cause });
  }
}

function text(block: Buffer, offset: number, length: number): string {
  const field = block.subarray(offset, offset + length);
  const end = field.indexOf(0);
  return decodeUtf8(end < 0 ? field : field.subarray(0, end));
}

function octal(block: Buffer, offset: number, length: number): number {
  const field = block.subarray(offset, offset + length);
  if ((field[0]! & 0x80) !== 0) return base256(field);
  const digits = field
    .toString('latin1')
    .replace(/[\0 ]+$/, '')
    .trim();
  if (!/^[0-7]*$/.test(digits)) return -1;
  return digits === '' ? 0 : Number.parseInt(digits, 8);
}

/** GNU's way to write numbers too large for octal digits. */
function base256(field: Buffer): number {
  let value = field[0]! & 0x7f;
  for (const byte of field.subarray(1)) value = value * 256 + byte;
  return value;
}
