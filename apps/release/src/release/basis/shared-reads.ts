interface Reading<V> {
  /** Began already: whoever asks now cannot rely on it. */
  current: Promise<V> | undefined;
  /** Begins when `current` has ended: whoever asks meanwhile shares it. */
  next: Promise<V> | undefined;
}

/**
 * Lets callers that want the same value at the same time share one read, without ever handing anyone a read that began
 * before it was asked for: a hundred previews of one slot read its head once or twice, and none sees a state older than
 * its own request.
 */
export class SharedReads<V> {
  private readonly readings = new Map<string, Reading<V>>();

  read(key: string, begin: () => Promise<V>): Promise<V> {
    const reading = this.readings.get(key);
    if (!reading) return this.begin(key, begin);
    if (!reading.next) {
      const then = (): Promise<V> => this.begin(key, begin);
      reading.next = (reading.current ?? Promise.resolve()).then(then, then);
    }
    return reading.next;
  }

  private begin(key: string, begin: () => Promise<V>): Promise<V> {
    const current = begin();
    const reading: Reading<V> = { current, next: undefined };
    this.readings.set(key, reading);
    const end = (): void => {
      if (this.readings.get(key) === reading && !reading.next) this.readings.delete(key);
    };
    current.then(end, end);
    return current;
  }
}
