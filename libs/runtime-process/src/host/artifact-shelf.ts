import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { readJson } from './durable-file';
import { HostFailure } from './host-failure';
import type { InventoryEntry } from './artifact-unpack';
import { unpackApart } from './unpack-apart';

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** Unpacked artifacts by digest, shared by all releases that run them. */
export class ArtifactShelf {
  private readonly arriving = new Map<string, Promise<void>>();
  /** Fetched for a release that is not declared yet: not pruned before it is, or before the host restarts. */
  private readonly fresh = new Set<string>();

  constructor(private readonly directory: string) {
    mkdirSync(directory, { recursive: true, mode: 0o755 });
    for (const name of readdirSync(directory)) {
      if (name.startsWith('.incoming')) rmSync(join(directory, name), { recursive: true, force: true });
    }
  }

  pathOf(digest: string): string {
    if (!DIGEST.test(digest)) throw new HostFailure('invalid_request', 'a digest is sha256:<64 hex>');
    return join(this.directory, digest.slice('sha256:'.length));
  }

  has(digest: string): boolean {
    return existsSync(this.pathOf(digest));
  }

  /** Several senders of one artifact wait for the first; if it fails, the next one's bytes are taken. */
  async put(digest: string, tarball: Readable): Promise<void> {
    const target = this.pathOf(digest);
    this.fresh.add(digest);
    for (let arriving = this.arriving.get(digest); arriving; arriving = this.arriving.get(digest)) await arriving.catch(() => undefined);
    if (existsSync(target)) {
      tarball.resume();
      return;
    }
    const arrival = this.unpack(digest, target, tarball).finally(() => this.arriving.delete(digest));
    this.arriving.set(digest, arrival);
    return arrival;
  }

  /** Removes what no slot uses. */
  prune(inUse: ReadonlySet<string>): void {
    for (const digest of inUse) this.fresh.delete(digest);
    for (const name of readdirSync(this.directory)) {
      const digest = `sha256:${name.replace(/\.json$/, '')}`;
      if (!DIGEST.test(digest) || inUse.has(digest) || this.fresh.has(digest)) continue;
      rmSync(join(this.directory, name), { recursive: true, force: true });
    }
  }

  inventory(digest: string): readonly InventoryEntry[] {
    return readJson<{ files: InventoryEntry[] }>(`${this.pathOf(digest)}.json`)?.files ?? [];
  }

  private async unpack(digest: string, target: string, tarball: Readable): Promise<void> {
    const work = join(this.directory, `.incoming-${digest.slice(7, 23)}`);
    rmSync(work, { recursive: true, force: true });
    await unpackApart({ digest, target, inventory: `${target}.json`, work }, tarball);
  }
}
