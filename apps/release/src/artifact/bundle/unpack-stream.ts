import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { isSlipwayError } from '@slipway/contracts';
import { bundleTooLarge, invalidBundle } from './bundle.errors';
import type { BundleLimits } from './bundle.limits';

const CHUNK = 64 * 1024;
type Bytes = AsyncGenerator<Uint8Array, void, undefined>;

/**
 * The tar behind an upload, gunzipped where it starts as gzip does. Decompression runs on libuv's threads; both sides are
 * counted, so neither a large upload nor a bomb gets further than its limit.
 */
export async function* unpackStream(upload: AsyncIterable<Uint8Array>, limits: BundleLimits): Bytes {
  const packed = bounded(upload, limits.maxPackedBytes, 'bytes packed');
  try {
    const first = await firstBytes(packed);
    const whole = prefixed(first, packed);
    const gzipped = first[0] === 0x1f && first[1] === 0x8b;
    yield* bounded(gzipped ? gunzip(whole) : whole, limits.maxUnpackedBytes, 'bytes unpacked');
  } finally {
    await packed.return();
  }
}

async function* gunzip(packed: Bytes): Bytes {
  const tar = createGunzip({ chunkSize: CHUNK });
  // A failure on either side destroys `tar` with it, and so surfaces where `tar` is read.
  pipeline(Readable.from(packed), tar, () => undefined);
  try {
    yield* tar as AsyncIterable<Uint8Array>;
  } catch (cause) {
    throw isSlipwayError(cause) || !isZlib(cause) ? cause : invalidBundle('The archive is not valid gzip; pack it again.', { cause });
  }
}

async function* bounded(source: AsyncIterable<Uint8Array>, maximum: number, limit: string): Bytes {
  let total = 0;
  for await (const chunk of source) {
    total += chunk.length;
    if (total > maximum) throw bundleTooLarge(limit, maximum);
    yield chunk;
  }
}

/** At least two bytes, unless there are fewer. */
async function firstBytes(packed: Bytes): Promise<Buffer> {
  let first = Buffer.alloc(0);
  while (first.length < 2) {
    const { done, value } = await packed.next();
    if (done) break;
    first = Buffer.concat([first, value]);
  }
  return first;
}

async function* prefixed(first: Uint8Array, rest: Bytes): Bytes {
  if (first.length > 0) yield first;
  yield* rest;
}

const isZlib = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && String(error.code).startsWith('Z_');
