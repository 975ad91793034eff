interface Reading<V> {
  /** Under way: whoever asks now cannot rely on it. */
  current: Promise<V> | undefined;
  /** Has not begun: whoever asks meanwhile shares it. */
  next: Promise<V> | undefined;
  begunAt: number;
}

/**
 * Lets callers that want the same value at the same time share one read, without ever handing anyone a read that began
 * before it was asked for: a hundred previews of one slot read its head a few times, and none sees a state older than its
 * own request. A caller that has time (`gapMs`: under load) lets so many milliseconds pass between two reads of a value, so
 * that more callers share the next one.
 */
export class SharedReads<V> {
  private readonly readings = new Map<string, Reading<V>>();

  read(key: string, begin: () => Promise<V>, gapMs = 0): Promise<V> {
    const reading = this.readings.get(key);
    if (!reading) return this.begin(key, begin, gapMs);
    if (reading.next) return reading.next;
    const waitMs = reading.begunAt + gapMs - performance.now();
    if (!reading.current && waitMs <= 0) return this.begin(key, begin, gapMs);
    const then = (): Promise<V> => this.begin(key, begin, gapMs);
    const ended = settled(reading.current);
    reading.next = (waitMs <= 0 ? ended : Promise.all([ended, delay(waitMs)])).then(then);
    return reading.next;
  }

  private begin(key: string, begin: () => Promise<V>, gapMs: number): Promise<V> {
    const current = begin();
    const reading: Reading<V> = { current, next: undefined, begunAt: performance.now() };
    this.readings.set(key, reading);
    void settled(current).then(() => {
      reading.current = undefined;
      const forget = (): void => {
        if (this.readings.get(key) === reading && !reading.next) this.readings.delete(key);
      };
      if (gapMs > 0) void delay(gapMs).then(forget);
      else forget();
    });
    return current;
  }
}

const settled = (promise: Promise<unknown> | undefined): Promise<void> =>
  (promise ?? Promise.resolve()).then(
    () => undefined,
    () => undefined,
  );
const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
