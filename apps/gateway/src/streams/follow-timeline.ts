import { ReleaseMembership, timelineEntry, type Principal, type TimelineEntry } from '@slipway/contracts';
import type { GatewayCalls } from '../http/gateway-calls';
import { isInScope } from './events.controller';
import type { LiveTail } from './live-tail';
import { readTimeline } from './read-timeline';
import type { TailEvent } from './tail-event';

/** A reader that falls this far behind is told to begin again. */
const MAX_WAITING = 10_000;

export interface FollowedTimeline {
  readonly calls: GatewayCalls;
  readonly tail: LiveTail;
  /** Release by id, with the project where the caller names it. */
  readonly reference: { readonly id: string; readonly project?: string };
  readonly principal: Principal;
  readonly correlationId: string;
  /** Only entries behind this position. */
  readonly after: number;
  readonly signal: AbortSignal;
}

/**
 * A release's timeline as it is and then as it goes on, in order, without a gap and without a double, until the signal aborts.
 * Waits for events; nothing is polled.
 * @throws SlipwayError `unknown_resource`, `dependency_unavailable`
 */
export async function* followTimeline(options: FollowedTimeline): AsyncGenerator<TimelineEntry, void> {
  const { calls, tail, reference, principal, correlationId, after, signal } = options;
  const waiting: TailEvent[] = [];
  const arrivals = new Arrivals(signal);
  const stop = await tail.listen((event) => {
    if (waiting.length < MAX_WAITING) waiting.push(event);
    arrivals.tell();
  });
  try {
    const upTo = tail.position;
    const membership = new ReleaseMembership(reference.id);
    for await (const entry of readTimeline(calls, reference, { principal, correlationId, minPosition: upTo })) {
      membership.remember(entry);
      if (entry.position > after && entry.position <= upTo) yield entry;
    }
    while (!signal.aborted && waiting.length < MAX_WAITING) {
      for (const { position, envelope } of waiting.splice(0)) {
        if (position > Math.max(upTo, after) && membership.includes(envelope) && isInScope(principal, envelope))
          yield timelineEntry(position, envelope);
      }
      if (waiting.length === 0) await arrivals.next();
    }
  } finally {
    stop();
  }
}

/** Wakes one waiter on the next event, or when the signal aborts. */
class Arrivals {
  private wake: (() => void) | undefined;
  constructor(private readonly signal: AbortSignal) {
    signal.addEventListener('abort', () => this.tell(), { once: true });
  }

  tell(): void {
    this.wake?.();
  }

  next(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
      if (this.signal.aborted) resolve();
    });
  }
}
