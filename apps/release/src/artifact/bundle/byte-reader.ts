import { invalidBundle } from './bundle.errors';

/** Reads a stream of chunks in pieces of wanted lengths, holding no more than one chunk and the piece. */
export class ByteReader {
  private readonly iterator: AsyncIterator<Uint8Array, unknown>;
  private chunk: Uint8Array = new Uint8Array(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.iterator = source[Symbol.asyncIterator]();
  }

  /** Exactly `length` bytes; `undefined` when the stream ends before the first. @throws SlipwayError `artifact_invalid` when it ends inside. */
  async take(length: number): Promise<Buffer | undefined> {
    if (this.chunk.length === 0 && !(await this.next())) return undefined;
    const taken = Buffer.allocUnsafe(length);
    let filled = 0;
    for await (const piece of this.pieces(length)) {
      taken.set(piece, filled);
      filled += piece.length;
    }
    return taken;
  }

  /** The next `length` bytes in pieces. @throws SlipwayError `artifact_invalid` when the stream ends before. */
  async *pieces(length: number): AsyncGenerator<Uint8Array, void, undefined> {
    let missing = length;
    while (missing > 0) {
      if (this.chunk.length === 0 && !(await this.next()))
        throw invalidBundle('The archive ends in the middle of an entry; upload it again.');
      const piece = this.chunk.subarray(0, missing);
      this.chunk = this.chunk.subarray(piece.length);
      missing -= piece.length;
      yield piece;
    }
  }

  async skip(length: number): Promise<void> {
    for await (const _piece of this.pieces(length));
  }

  /** Reads to the end, so that a decompressor can check its checksum. */
  async drain(): Promise<void> {
    while (await this.next());
  }

  /** Lets the source go. */
  async close(): Promise<void> {
    await this.iterator.return?.();
  }

  private async next(): Promise<boolean> {
    const read = await this.iterator.next();
    this.chunk = read.done ? new Uint8Array(0) : read.value;
    return read.done ? false : this.chunk.length > 0 || this.next();
  }
}
