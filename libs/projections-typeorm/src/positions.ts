import { SlipwayError } from '@slipway/contracts';

interface Waiter {
  readonly position: number;
  wake(): void;
}

/** How far each read model is, as this process knows it, and who waits for it to get further. */
export class Positions {
  private readonly known = new Map<string, number>();
  private readonly waiters = new Map<string, Set<Waiter>>();
  private readonly wanted = new Map<string, () => void>();
  private readonly listeners = new Set<(name: string, position: number) => void>();

  /** `awaited`: told of everyone who has to wait. */
  constructor(private readonly awaited: (name: string, position: number) => void = () => undefined) {}

  /** Counts every move: unchanged means that what was read since then is still what there is. */
  moves = 0;

  get(name: string): number {
    return this.known.get(name) ?? 0;
  }

  /** A batch was committed, here or in another replica. Older news are ignored. */
  advance(name: string, position: number): void {
    if (position > this.get(name)) this.set(name, position);
  }

  /** What the database says, even when that is less than was known (it was restored or dropped). */
  set(name: string, position: number): void {
    this.known.set(name, position);
    this.moves += 1;
    const waiters = this.waiters.get(name);
    if (waiters) for (const waiter of waiters) if (waiter.position <= position) waiter.wake();
    for (const listener of this.listeners) listener(name, position);
  }

  /** @returns how to stop listening. */
  onAdvance(listener: (name: string, position: number) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Resolves after the time, when the signal aborts, or as soon as anybody waits for the read model. */
  async unwanted(name: string, ms: number, signal: AbortSignal): Promise<void> {
    if (this.waiters.get(name)?.size || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        this.wanted.delete(name);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal.addEventListener('abort', end);
      this.wanted.set(name, end);
    });
  }

  /** @throws SlipwayError `dependency_unavailable` when the position is not reached in time. */
  async wait(name: string, position: number, timeoutMs: number): Promise<void> {
    if (this.get(name) >= position) return;
    const waiters = this.waiters.get(name) ?? new Set<Waiter>();
    this.waiters.set(name, waiters);
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        waiters.delete(waiter);
        reject(this.behind(name, position, timeoutMs));
      }, timeoutMs);
      const waiter: Waiter = {
        position,
        wake: () => {
          clearTimeout(timer);
          waiters.delete(waiter);
          resolve();
        },
      };
      waiters.add(waiter);
      this.wanted.get(name)?.();
      this.awaited(name, position);
    });
  }

  private behind(name: string, position: number, timeoutMs: number): SlipwayError {
    return new SlipwayError(
      'dependency_unavailable',
      `The read model '${name}' did not reach position ${position} within ${timeoutMs} ms; what you wrote is safe, try the query again.`,
      { read_model: name, position, reached: this.get(name) },
    );
  }
}
