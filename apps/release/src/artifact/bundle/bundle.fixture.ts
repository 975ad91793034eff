import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { pack, type Header } from 'tar-stream';
import { canonicalBundle, type CanonicalBundle } from './canonical-bundle';
import { DEFAULT_BUNDLE_LIMITS, type BundleLimits } from './bundle.limits';

/** Archives for specs. */
export const MANIFEST = `api_version: slipway/v1
processes:
  web:
    command: [node, server.js]
    port: true
`;
export type Entry = Partial<Header> & { name: string; content?: string | Buffer };

export async function tar(...entries: readonly Entry[]): Promise<Buffer> {
  const packing = pack();
  const chunks: Buffer[] = [];
  const done = (async () => {
    for await (const chunk of packing) chunks.push(chunk as Buffer);
  })();
  for (const { content, ...header } of entries) {
    await new Promise<void>((resolve, reject) => packing.entry(header, content ?? '', (error) => (error ? reject(error) : resolve())));
  }
  packing.finalize();
  await done;
  return Buffer.concat(chunks);
}

/** A bundle that is well, plus what a spec adds. */
export const good = (...more: readonly Entry[]): Promise<Buffer> =>
  tar({ name: 'slipway.yaml', content: MANIFEST }, { name: 'server.js', content: 'serve()' }, ...more);
export const gzip = (archive: Buffer): Buffer => gzipSync(archive);

/** The upload in pieces of awkward size. */
export async function* pieces(archive: Buffer, size = 1000): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < archive.length; offset += size) yield archive.subarray(offset, offset + size);
}

export const judged = (archive: Buffer, limits: Partial<BundleLimits> = {}): Promise<CanonicalBundle> =>
  canonicalBundle(async () => pieces(archive), { ...DEFAULT_BUNDLE_LIMITS, ...limits });

/** What a bundle is found to be; closes it. */
export async function summary(archive: Buffer): Promise<Pick<CanonicalBundle, 'digest' | 'files' | 'manifest'>> {
  const bundle = await judged(archive);
  await bundle.close();
  return bundle;
}

/** The canonical archive's bytes; closes the bundle, and checks that what it streams has the digest that it states. */
export async function canonical(archive: Buffer, limits?: Partial<BundleLimits>): Promise<Buffer> {
  const bundle = await judged(archive, limits);
  const chunks: Uint8Array[] = [];
  for await (const chunk of bundle.tar()) chunks.push(chunk);
  await bundle.close();
  const bytes = Buffer.concat(chunks);
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  if (digest !== bundle.digest || bytes.length !== bundle.sizeBytes) throw new Error('digest or size of the canonical archive do not hold');
  return bytes;
}

/** Every refusal of a spec: its error code, or 'accepted'. */
export async function verdict(archive: Buffer, limits?: Partial<BundleLimits>): Promise<string> {
  try {
    await (await judged(archive, limits)).close();
    return 'accepted';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}
