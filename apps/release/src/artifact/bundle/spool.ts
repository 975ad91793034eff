import { open, rm, mkdtemp, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CHUNK = 256 * 1024;

/**
 * Scratch space for the contents of one bundle, so that they can be read again in another order. The file has no name
 * from the start: whatever kills the process, nothing is left behind.
 */
export class Spool {
  private readonly places = new Map<number, { readonly offset: number; readonly size: number }>();
  private end = 0;

  private constructor(private readonly file: FileHandle) {}

  static async create(): Promise<Spool> {
    const folder = await mkdtemp(join(tmpdir(), 'slipway-bundle-'));
    try {
      return new Spool(await open(join(folder, 'contents'), 'wx+', 0o600));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async write(ordinal: number, content: AsyncIterable<Uint8Array>): Promise<void> {
    const offset = this.end;
    for await (const piece of content) {
      await this.file.write(piece, 0, piece.length, this.end);
      this.end += piece.length;
    }
    this.places.set(ordinal, { offset, size: this.end - offset });
  }

  async *read(ordinal: number): AsyncGenerator<Uint8Array, void, undefined> {
    const place = this.places.get(ordinal);
    if (!place) throw new RangeError(`nothing was spooled for entry ${ordinal}`);
    for (let done = 0; done < place.size;) {
      const piece = Buffer.allocUnsafe(Math.min(CHUNK, place.size - done));
      const { bytesRead } = await this.file.read(piece, 0, piece.length, place.offset + done);
      if (bytesRead === 0) throw new RangeError(`the spool ends inside entry ${ordinal}`);
      done += bytesRead;
      yield piece.subarray(0, bytesRead);
    }
  }

  close(): Promise<void> {
    return this.file.close();
  }
}
