import { setTimeout as delay } from 'node:timers/promises';
import { Feed, FeedFault } from './feed';
import type { LogApi } from './log-api';
import type { StoredEvent } from './message';

const BATCH = 1000;
const PATIENCE_MS = 2000;
/** Starts over without a message in between, before the next position is taken to be unreadable. */
const ATTEMPTS = 2;

/**
 * Every readable message up to `last`, in order. The server's consumer may break down at a damaged message: what lies behind it
 * is read all the same. It may also be on a member that lags, and end before `last`: what the leader has is read all the same.
 */
export async function* readWholeLog(api: LogApi, last: number, signal: AbortSignal | undefined): AsyncGenerator<StoredEvent[]> {
  let after = 0;
  for (let failures = 0; after < last;) {
    signal?.throwIfAborted();
    try {
      for await (const messages of readBehind(api, after, last, signal)) {
        failures = 0;
        after = messages.at(-1)!.position;
        yield messages;
      }
      if (after >= last || !(await leaderHas(api, after, last))) return;
      throw new FeedFault(`the consumer ended at ${after}, the log at ${last}`);
    } catch (error) {
      if (!(error instanceof FeedFault)) throw error;
      await delay(100);
      if (++failures % ATTEMPTS !== 0) continue;
      const next = await api.at(after + 1).catch(() => undefined);
      if (!next && !api.link.connected) throw error;
      if (next) yield [next];
      after++;
    }
  }
}

/** Whether there is a message behind the position: one that cannot be read counts. */
async function leaderHas(api: LogApi, after: number, last: number): Promise<boolean> {
  try {
    const next = await api.nextBehind(after, []);
    return next !== undefined && next <= last;
  } catch (error) {
    if (!api.link.connected) throw error;
    return true;
  }
}

async function* readBehind(api: LogApi, after: number, last: number, signal: AbortSignal | undefined): AsyncGenerator<StoredEvent[]> {
  const feed = await Feed.open(api, { after, filters: [], window: BATCH * 2, heartbeatMs: 1000 });
  try {
    for (let remaining = feed.pending; remaining > 0;) {
      const messages = await feed.take(BATCH, signal, PATIENCE_MS);
      signal?.throwIfAborted();
      remaining -= messages.length;
      const wanted = messages.filter(({ position }) => position <= last).map(decoded);
      if (wanted.length > 0) yield wanted;
      if (wanted.length < messages.length) return;
    }
  } finally {
    feed.close();
  }
}

const decoded = ({ subject, position, headers, body }: StoredEvent): StoredEvent => ({ subject, position, headers, body });
