import { ApiError, GatewayUnreachable } from './api-error';
import { pause } from './event-stream';

type Fetch = typeof globalThis.fetch;

export interface RetryOptions {
  /** Pauses before the second, the third, ... try; as many as there are. An answer's `Retry-After` makes one longer. */
  readonly pausesMs: readonly number[];
  /** Told before each pause. */
  readonly onRetry?: (why: string) => void;
}

const OF_THE_MOMENT = [429, 502, 503, 504];
/** However long an answer's `Retry-After` is. */
const LONGEST_PAUSE_MS = 5_000;

/** Whether sending the same again can help. */
export const isTransient = (error: unknown): boolean =>
  error instanceof GatewayUnreachable || (error instanceof ApiError && OF_THE_MOMENT.includes(error.status));

/** Whether it may be sent twice: a read, or a command whose `Idempotency-Key` makes both one. */
const isRepeatable = ({ method, headers }: Request): boolean => method === 'GET' || headers.has('idempotency-key');

/** Sends what is repeatable again while the gateway does not answer, or answers that it cannot at the moment. */
export function retrying(send: Fetch, { pausesMs, onRetry }: RetryOptions): Fetch {
  return async (input, init) => {
    if (!(input instanceof Request) || !isRepeatable(input)) return send(input, init);
    for (const pauseMs of pausesMs) {
      const answer = await send(input.clone(), init).catch(unlessLasting);
      if (answer instanceof Response && !OF_THE_MOMENT.includes(answer.status)) return answer;
      onRetry?.(answer instanceof Response ? `The gateway answers ${answer.status}.` : answer.message);
      await pause(Math.max(pauseMs, retryAfterMs(answer)), input.signal);
    }
    return send(input, init);
  };
}

/** @throws what was thrown, when trying again cannot help. */
function unlessLasting(error: unknown): GatewayUnreachable {
  if (error instanceof GatewayUnreachable) return error;
  throw error;
}

function retryAfterMs(answer: Response | GatewayUnreachable): number {
  const seconds = answer instanceof Response ? Number(answer.headers.get('retry-after')) : 0;
  return Number.isFinite(seconds) ? Math.min(seconds * 1_000, LONGEST_PAUSE_MS) : 0;
}
