import { SlipwayError } from '@slipway/contracts';

/** The work's end, waited for so long at most; the work itself goes on. @throws SlipwayError `dependency_unavailable` when it takes longer or `signal` fires */
export async function within<T>(work: Promise<T>, ms: number, signal: AbortSignal): Promise<T> {
  const given = new AbortController();
  const over = new Promise<never>((_, reject) => {
    const late = (): void => reject(new SlipwayError('dependency_unavailable', `The target did not answer within ${ms} ms.`));
    const timer = setTimeout(late, ms);
    signal.addEventListener('abort', late, { once: true, signal: given.signal });
    given.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
    if (signal.aborted) late();
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    given.abort();
  }
}
