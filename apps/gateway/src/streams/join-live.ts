import type { LiveTail } from './live-tail';
import type { SseConnection } from './sse-connection';
import type { TailEvent } from './tail-event';

/** Live events that may wait while history is still being sent. */
const MAX_WAITING = 5_000;

export interface Joined {
  /** The client has everything up to here. */
  readonly after: number | undefined;
  /** Sends the history that the client lacks, up to this position. @returns false when the stream is over. */
  readonly replay: (upTo: number) => Promise<boolean>;
  /** Bytes of a live event, or undefined where it is not for this client. */
  readonly bytesOf: (event: TailEvent) => Buffer | undefined;
}

/**
 * History, then the live tail, without a gap and without a double: the tail is listened to first and held back, and history
 * ends where holding back began.
 */
export async function joinLive(tail: LiveTail, connection: SseConnection, options: Joined): Promise<void> {
  const held: TailEvent[] = [];
  let live = false;
  const pass = (event: TailEvent): void => {
    if (event.position <= (options.after ?? 0)) return;
    const bytes = options.bytesOf(event);
    if (bytes) connection.send(bytes);
  };
  const take = (event: TailEvent): void => {
    if (live) pass(event);
    else if (held.push(event) > MAX_WAITING) connection.end('resume');
  };
  try {
    const stop = await tail.listen(take);
    connection.closed.addEventListener('abort', stop, { once: true });
    if (connection.closed.aborted) return stop();
    if (!(await options.replay(tail.position))) return connection.end('resume');
  } catch (error) {
    connection.end('resume');
    throw error;
  }
  for (const event of held.splice(0)) pass(event);
  live = true;
}
