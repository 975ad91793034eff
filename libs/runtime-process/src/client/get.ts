import type { Answer } from '@slipway/runtime-target';

const REQUEST_TIMEOUT_MS = 5000;
const MAX_BODY = 1_000_000;

/** GET of a workload of this machine, within five seconds; redirects are not followed. */
export async function get(url: string, signal: AbortSignal): Promise<Answer> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]) });
    return { status: response.status, body: (await response.text()).slice(0, MAX_BODY), failure: null };
  } catch (error) {
    signal.throwIfAborted();
    return { status: null, body: '', failure: error instanceof Error ? error.message : String(error) };
  }
}
