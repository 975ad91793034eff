export interface ReadAhead<T> {
  next(): Promise<{ done: false; value: T } | { done: true }>;
  return(): Promise<void>;
}

/**
 * Asks for the next item while the caller works on the last one; behind one that nothing `followed` yet, only when the caller
 * is ready, so that the next holds all that has come by then. The source must end soon after its own signal aborts.
 */
export function readAhead<T>(source: AsyncIterable<T>, followed: (item: T) => boolean = () => true): ReadAhead<T> {
  const items = source[Symbol.asyncIterator]();
  let ahead: Promise<IteratorResult<T>> | undefined;
  const ask = (): Promise<IteratorResult<T>> => {
    const asked = items.next();
    asked.catch(() => undefined);
    return asked;
  };
  return {
    async next() {
      const result = await (ahead ?? ask());
      ahead = undefined;
      if (result.done) return { done: true };
      if (followed(result.value)) ahead = ask();
      return { done: false, value: result.value };
    },
    async return() {
      await items.return?.();
    },
  };
}
