import { SlipwayError } from '@slipway/contracts';

/** Deepest nesting of arrays and objects in a request. */
export const MAX_JSON_DEPTH = 32;

const malformed = (message: string): SlipwayError => new SlipwayError('invalid_request', message);
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);
const isNumberByte = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) || byte === 0x2d || byte === 0x2b || byte === 0x2e || byte === 0x45 || byte === 0x65;

/**
 * The text of a JSON body, after looking at its bytes without parsing them: nesting, numbers that lose digits in a double,
 * and text that no store can keep (U+0000, half a surrogate pair) are refused. One pass, no allocation but the text.
 * @throws SlipwayError `invalid_request`.
 */
export function safeJsonText(bytes: Uint8Array): string {
  let depth = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) at = endOfString(bytes, at);
    else if (OPENING.has(byte)) {
      if (++depth > MAX_JSON_DEPTH) throw malformed(`The body is nested deeper than ${MAX_JSON_DEPTH} levels.`);
    } else if (CLOSING.has(byte)) depth--;
    else if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) at = endOfNumber(bytes, at);
  }
  try {
    return strictUtf8.decode(bytes);
  } catch {
    throw malformed('The body is not UTF-8.');
  }
}

function endOfNumber(bytes: Uint8Array, start: number): number {
  let end = start + 1;
  while (end < bytes.length && isNumberByte(bytes[end]!)) end++;
  const length = end - start;
  if (length > 15) {
    const value = length > 400 ? Infinity : Number(Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString('latin1'));
    if (Math.abs(value) > Number.MAX_SAFE_INTEGER) throw tooLarge();
  } else if (length > 3) {
    const exponent = indexOfExponent(bytes, start, end);
    if (
      exponent > 0 &&
      Math.abs(Number(Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString('latin1'))) > Number.MAX_SAFE_INTEGER
    )
      throw tooLarge();
  }
  return end - 1;
}

const tooLarge = (): SlipwayError => malformed('The body holds a number beyond 2^53 - 1; send it as text if its digits matter.');

function indexOfExponent(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at++) if (bytes[at] === 0x45 || bytes[at] === 0x65) return at;
  return -1;
}

/** Index of the closing quote, or the end of the bytes. */
function endOfString(bytes: Uint8Array, start: number): number {
  let awaitsLow = false;
  for (let at = start + 1; at < bytes.length; at++) {
    const byte = bytes[at]!;
    const unit = byte === BACKSLASH && bytes[at + 1] === LETTER_U ? codeUnit(bytes, at + 2) : undefined;
    if (unit === 0) throw malformed('The body holds the character U+0000, which no text may contain.');
    const isLow = unit !== undefined && unit >= 0xdc00 && unit <= 0xdfff;
    if (awaitsLow !== isLow) throw malformed('The body holds half of a surrogate pair.');
    if (byte === QUOTE) return at;
    awaitsLow = unit !== undefined && unit >= 0xd800 && unit <= 0xdbff;
    if (byte === BACKSLASH) at += unit === undefined ? 1 : 5;
  }
  return bytes.length;
}

function codeUnit(bytes: Uint8Array, at: number): number | undefined {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(4, bytes.length - at)).toString('latin1');
  return /^[0-9a-fA-F]{4}$/.test(hex) ? parseInt(hex, 16) : undefined;
}

/** U+0000, or half a surrogate pair. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

/** Text from elsewhere than a JSON body (a form, a query), under the same rule. */
export function assertSafeText(text: string, name: string): void {
  if (UNSTORABLE.test(text)) throw malformed(`'${name}' holds characters that no text may contain.`);
}
