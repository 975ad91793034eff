import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdir, open, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';
import { ArtifactJudge, entryPath, type ArtifactEntry, type TarHeader } from './artifact-judge';
import { HostFailure } from './host-failure';

/** A file of an unpacked artifact as it was when unpacked; a later difference is drift. */
export interface InventoryEntry {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  /** Change time, nanoseconds: while it is the same, so is the content. */
  readonly changedAt: string;
}

export interface UnpackOrder {
  readonly digest: string;
  /** Final directory, and the file that lists what is in it. */
  readonly target: string;
  readonly inventory: string;
  /** Prefix of the temporary paths, on the same file system. */
  readonly work: string;
}

/**
 * Receives a tarball, verifies its digest, judges its listing, unpacks it read-only beside its final place and renames it
 * there. Interrupted at any point, nothing stands at the final place.
 * @throws HostFailure `artifact_invalid` when the digest differs or the listing is refused.
 */
export async function unpackArtifact({ digest, target, inventory, work }: UnpackOrder, tarball: Readable): Promise<void> {
  const tarPath = `${work}.tar`;
  try {
    await receive(tarball, digest, tarPath);
    const files = await unpack(tarPath, work, await judge(tarPath));
    await writeFile(`${work}.json`, JSON.stringify({ digest, files }), { mode: 0o600, flush: true });
    await rename(`${work}.json`, inventory);
    await rename(work, target);
  } finally {
    await rm(tarPath, { force: true });
    await rm(`${work}.json`, { force: true });
    await rm(work, { recursive: true, force: true });
  }
}

async function receive(tarball: Readable, digest: string, path: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(
    tarball,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(path, { mode: 0o600 }),
  );
  const found = `sha256:${hash.digest('hex')}`;
  if (found !== digest) throw new HostFailure('artifact_invalid', `the artifact received has digest ${found}, not ${digest}`);
}

async function judge(path: string): Promise<readonly ArtifactEntry[]> {
  const verdict = new ArtifactJudge();
  try {
    await eachEntry(path, async (header, content) => {
      verdict.admit(header);
      for await (const chunk of content) void chunk;
    });
    verdict.finish();
  } catch (error) {
    throw new HostFailure('artifact_invalid', `the artifact is refused: ${error instanceof Error ? error.message : String(error)}`);
  }
  return verdict.entries;
}

async function unpack(tarPath: string, target: string, entries: readonly ArtifactEntry[]): Promise<InventoryEntry[]> {
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const inventory: InventoryEntry[] = [];
  await mkdir(target, { recursive: true, mode: 0o755 });
  await eachEntry(tarPath, async (header, content) => {
    const entry = byPath.get(entryPath(header.name));
    if (entry?.type === 'directory') await mkdir(join(target, entry.path), { recursive: true, mode: 0o755 });
    if (entry?.type === 'file') inventory.push(await writeEntry(target, entry, content));
    else for await (const chunk of content) void chunk;
  });
  for (const entry of entries) {
    if (entry.type !== 'symlink' || entry.linkTarget === null) continue;
    await mkdir(dirname(join(target, entry.path)), { recursive: true, mode: 0o755 });
    await symlink(entry.linkTarget, join(target, entry.path));
  }
  return inventory;
}

async function writeEntry(target: string, entry: ArtifactEntry, content: AsyncIterable<Uint8Array>): Promise<InventoryEntry> {
  const path = join(target, entry.path);
  await mkdir(dirname(path), { recursive: true, mode: 0o755 });
  const hash = createHash('sha256');
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of content) {
      hash.update(chunk);
      await file.write(chunk);
    }
  } finally {
    await file.close();
  }
  await chmod(path, entry.mode & 0o111 ? 0o555 : 0o444);
  const { ctimeNs } = await stat(path, { bigint: true });
  return { path: entry.path, size: entry.size, sha256: hash.digest('hex'), changedAt: String(ctimeNs) };
}

async function eachEntry(path: string, visit: (header: TarHeader, content: AsyncIterable<Uint8Array>) => Promise<void>): Promise<void> {
  const entries = extract();
  const read = pipeline(createReadStream(path), entries);
  read.catch(() => undefined);
  for await (const entry of entries) {
    await visit(entry.header, entry as AsyncIterable<Uint8Array>);
    entry.resume();
  }
  await read;
}
