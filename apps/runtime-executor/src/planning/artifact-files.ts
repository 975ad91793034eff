import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract, type Extract } from 'tar-stream';
import { Injectable } from '@nestjs/common';
import { BlobStore } from '@slipway/blob-store';
import { manifestFiles, SlipwayError, type ArtifactManifest } from '@slipway/contracts';

type Files = Readonly<Record<string, Uint8Array>>;

const MAX_FILE_BYTES = 1024 * 1024;
const MAX_ARTIFACTS = 50;

/** Files that an artifact's manifest names, out of its canonical tarball; the last few artifacts are remembered. */
@Injectable()
export class ArtifactFiles {
  private readonly read = new Map<string, Promise<Files>>();

  constructor(private readonly blobs: BlobStore) {}

  /** @throws SlipwayError `manifest_refused` for a file that is not there or larger than 1 MiB, `dependency_unavailable` */
  of(artifactDigest: string, manifest: ArtifactManifest): Promise<Files> {
    const wanted = manifestFiles(manifest);
    if (wanted.length === 0) return Promise.resolve({});
    const known = this.read.get(artifactDigest);
    if (known) return known;
    const files = this.unpack(artifactDigest, new Set(wanted));
    files.catch(() => this.read.delete(artifactDigest));
    this.read.set(artifactDigest, files);
    if (this.read.size > MAX_ARTIFACTS) this.read.delete(this.read.keys().next().value!);
    return files;
  }

  private async unpack(artifactDigest: string, wanted: ReadonlySet<string>): Promise<Files> {
    const archive = extract();
    const stored = Readable.from(await this.blobs.get(artifactDigest));
    const [files] = await Promise.all([filesOf(archive, wanted), pipeline(stored, archive)]);
    const missing = [...wanted].find((path) => !Object.hasOwn(files, path));
    if (missing !== undefined) throw refused(missing, 'is not in the artifact');
    return files;
  }
}

async function filesOf(archive: Extract, wanted: ReadonlySet<string>): Promise<Files> {
  const files: Record<string, Uint8Array> = {};
  for await (const entry of archive) {
    const path = entry.header.name.replace(/^\.\//, '');
    if (entry.header.type !== 'file' || !wanted.has(path)) {
      entry.resume();
      continue;
    }
    if ((entry.header.size ?? 0) > MAX_FILE_BYTES) throw refused(path, 'is larger than 1 MiB');
    files[path] = await bytesOf(entry);
  }
  return files;
}

async function bytesOf(entry: AsyncIterable<unknown>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of entry) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

const refused = (file: string, why: string): SlipwayError =>
  new SlipwayError('manifest_refused', `The file '${file}' that slipway.yaml names ${why}.`, { field: file });
