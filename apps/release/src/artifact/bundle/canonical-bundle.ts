import { createHash } from 'node:crypto';
import type { ArtifactManifest } from '@slipway/contracts';
import { bundleTooLarge, invalidBundle } from './bundle.errors';
import type { BundleLimits } from './bundle.limits';
import { parseBundleManifest } from './bundle.manifest';
import { MANIFEST_NAMES, planBundle, type BundlePlan, type ListedEntry } from './bundle.plan';
import { canonicalTar } from './canonical-tar';
import { Spool } from './spool';
import { readTar, type TarEntry } from './tar-reader';
import { unpackStream } from './unpack-stream';

/** Opens the upload from its beginning; called twice: once to judge, once to write. */
export type OpenUpload = () => Promise<AsyncIterable<Uint8Array>>;

/** A judged bundle in canonical form. `tar` reads the whole archive again at every call, until `close`. */
export interface CanonicalBundle {
  readonly digest: string;
  readonly sizeBytes: number;
  readonly files: number;
  readonly manifest: ArtifactManifest;
  tar(): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/**
 * Lists and judges an uploaded tar or tar.gz, and only then writes its contents to scratch space and packs them again.
 * @throws SlipwayError `artifact_invalid`, `artifact_too_large`
 */
export async function canonicalBundle(open: OpenUpload, limits: BundleLimits): Promise<CanonicalBundle> {
  const { plan, manifest } = await judge(await open(), limits);
  const spool = await Spool.create();
  try {
    await spoolContents(await open(), plan, spool, limits);
    const tar = () => canonicalTar(plan.entries, (ordinal) => spool.read(ordinal));
    return { ...(await measure(tar())), files: plan.files, manifest, tar, close: () => spool.close() };
  } catch (error) {
    await spool.close();
    throw error;
  }
}

async function judge(upload: AsyncIterable<Uint8Array>, limits: BundleLimits): Promise<{ plan: BundlePlan; manifest: ArtifactManifest }> {
  const listed: ListedEntry[] = [];
  const manifests = new Map<number, Buffer>();
  for await (const { body, ...entry } of readTar(unpackStream(upload, limits), limits)) {
    const ordinal = listed.push({ ...entry, ordinal: listed.length }) - 1;
    if (mayBeManifest(entry)) manifests.set(ordinal, await manifestBody(entry, body, limits));
  }
  const plan = planBundle(listed, limits);
  const manifest = manifests.get(plan.manifest.ordinal);
  if (!manifest) throw invalidBundle(`${plan.manifest.name} must be a plain file of its own.`, { entry: plan.manifest.name });
  return { plan, manifest: parseBundleManifest(manifest, plan.manifest.name) };
}

/** At the root or one folder down, in any spelling; which of them counts is for the plan to say. */
function mayBeManifest({ path, type }: Pick<TarEntry, 'path' | 'type'>): boolean {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return type === 'file' && parts.length <= 2 && MANIFEST_NAMES.some((name) => name === parts.at(-1));
}

async function manifestBody(
  { path, size }: Pick<TarEntry, 'path' | 'size'>,
  body: AsyncIterable<Uint8Array>,
  limits: BundleLimits,
): Promise<Buffer> {
  if (size > limits.maxManifestBytes) throw bundleTooLarge(`bytes of ${path}`, limits.maxManifestBytes);
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function spoolContents(upload: AsyncIterable<Uint8Array>, plan: BundlePlan, spool: Spool, limits: BundleLimits): Promise<void> {
  const sizes = new Map(plan.entries.flatMap((entry) => (entry.kind === 'file' ? [[entry.ordinal, entry.size] as const] : [])));
  let ordinal = 0;
  for await (const { body, size } of readTar(unpackStream(upload, limits), limits)) {
    const planned = sizes.get(ordinal);
    if (planned !== undefined && planned !== size) throw invalidBundle('The upload changed while it was read; send it again.');
    if (planned !== undefined) await spool.write(ordinal, body);
    ordinal++;
  }
}

async function measure(tar: AsyncIterable<Uint8Array>): Promise<{ digest: string; sizeBytes: number }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of tar) {
    hash.update(chunk);
    sizeBytes += chunk.length;
  }
  return { digest: `sha256:${hash.digest('hex')}`, sizeBytes };
}
