import { setTimeout as delay } from 'node:timers/promises';

export interface EventuallyOptions {
  /** Default 15 s. */
  readonly timeoutMs?: number;
  readonly intervalMs?: number;
}

/**
 * Polls until `attempt` neither throws nor gives undefined or false, and answers with what it gave.
 * @throws its last error at the deadline, or one that shows the last value.
 */
export async function eventually<T>(
  attempt: () => T | Promise<T>,
  options: EventuallyOptions = {},
): Promise<Exclude<T, undefined | false>> {
  const { timeoutMs = 15_000, intervalMs = 25 } = options;
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    let failure: unknown;
    try {
      const value = await attempt();
      if (value !== undefined && value !== false) return value as Exclude<T, undefined | false>;
      failure = new Error(`still ${String(value)} after ${timeoutMs} ms`);
    } catch (error) {
      failure = error;
    }
    if (performance.now() >= deadline) throw failure;
    await delay(intervalMs);
  }
}
