/** What several producers put, in the order in which they put it; the oldest go when nobody reads. */
export class LineQueue<T> implements AsyncIterable<T> {
  private static readonly MAX = 10_000;
  private readonly items: T[] = [];
  private wake: () => void = () => undefined;
  private ended = false;
  private failure: Error | undefined;

  put(item: T): void {
    this.items.push(item);
    if (this.items.length > LineQueue.MAX) this.items.shift();
    this.wake();
  }

  end(): void {
    this.ended = true;
    this.wake();
  }

  fail(error: unknown): void {
    this.failure ??= error instanceof Error ? error : new Error(String(error));
    this.end();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      while (this.items.length > 0) yield this.items.shift()!;
      if (this.ended) break;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    if (this.failure) throw this.failure;
  }
}
