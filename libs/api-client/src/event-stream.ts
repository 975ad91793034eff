import { createParser } from 'eventsource-parser';
import { ApiError } from './api-error';

export interface StreamEvent<T> {
  /** Position to resume behind. */
  readonly id: string | undefined;
  readonly event: string;
  readonly data: T;
}

export interface EventStreamOptions {
  /** Resume behind this event. */
  readonly lastEventId?: string | number;
  readonly signal?: AbortSignal;
  /** First pause before a reconnection, at most; doubles up to 30 times itself. Default 500 ms, or what the server asks for. */
  readonly retryMs?: number;
  /** A connection that is silent for this long is given up; the gateway sends a heartbeat every 15 s. Default 40 s. */
  readonly silenceMs?: number;
  /** Told when a connection stands (`open`) and when it broke and is being made anew (`lost`). */
  readonly onState?: (state: 'open' | 'lost') => void;
  /** Opens the stream; given the id of the last event seen. */
  readonly open: (lastEventId: string | undefined, signal: AbortSignal) => Promise<Response>;
}

const SILENCE_MS = 40_000;
/** Refusals that pass: the gateway was too slow, or the caller has too much open at the moment. */
const PASSING: ReadonlySet<number> = new Set([408, 429]);
/** Events of the server about the stream itself; the reader acts on them and does not hand them on. */
const CONTROL = new Set(['resume', 'token_expired', 'closing']);

/**
 * Reads server-sent events until the caller stops or the signal aborts. Reconnects after a break and resumes behind the last
 * event, so none is missed and none comes twice.
 * @throws ApiError when the gateway refuses the stream: a refusal is not retried, except for one that passes (408, 429).
 */
export async function* readEventStream<T>(options: EventStreamOptions): AsyncGenerator<StreamEvent<T>, void> {
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const state = { lastId: options.lastEventId === undefined ? undefined : String(options.lastEventId), retryMs: options.retryMs ?? 500 };
  const silenceMs = options.silenceMs ?? SILENCE_MS;
  let pauseMs = state.retryMs;
  try {
    while (!signal.aborted) {
      try {
        const response = await withinSilence(options.open(state.lastId, signal), silenceMs);
        options.onState?.('open');
        for await (const message of messages(response, silenceMs, (retry) => (state.retryMs = retry))) {
          pauseMs = state.retryMs;
          if (message.id !== undefined) state.lastId = message.id;
          if (!CONTROL.has(message.event)) yield { ...message, data: JSON.parse(message.data) as T };
        }
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof ApiError && error.status < 500 && !PASSING.has(error.status)) throw error;
        pauseMs = Math.min(pauseMs * 2, state.retryMs * 30);
      }
      if (!signal.aborted) options.onState?.('lost');
      // Not all at once: a gateway that comes back finds every page waiting.
      await pause(pauseMs * (0.5 + Math.random() / 2), signal);
    }
  } finally {
    stop.abort();
  }
}

interface Message {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: string;
}

async function* messages(response: Response, silenceMs: number, onRetry: (ms: number) => void): AsyncGenerator<Message, void> {
  const waiting: Message[] = [];
  const parser = createParser({
    onEvent: ({ id, event, data }) => waiting.push({ id, event: event ?? 'message', data }),
    onRetry,
  });
  const decoder = new TextDecoder();
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  try {
    for (;;) {
      const { done, value } = await withinSilence(reader.read(), silenceMs);
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      yield* waiting.splice(0);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** @throws Error when nothing came in time: a connection that nobody closed, e.g. after the machine slept, or that never was answered. */
async function withinSilence<T>(reading: Promise<T>, silenceMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the stream was silent for ${silenceMs} ms`)), silenceMs);
  });
  try {
    return await Promise.race([reading, silence]);
  } finally {
    clearTimeout(timer);
  }
}

/** Ends early when the signal aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}
