import type { EventEnvelope } from '@slipway/contracts';
import { EARLIER_LIMIT, earlierAfter, type AppendRequest, type AppendResult, type Recorded } from '@slipway/event-sourcing';
import { decodeEarlier, encodeEarlier, type Earlier } from './earlier';
import { expectationOf } from './headers';
import { encodeEvent, type EncodedEvent } from './message';
import { newBatchId } from './publish';

export interface EncodedAppend {
  /** In the order of their positions; more than one: an atomic batch. */
  readonly messages: readonly (EncodedEvent & { readonly earlier: Earlier; readonly previousDigest: string | null })[];
  /** How many of the messages belong to each request. */
  readonly counts: readonly number[];
}

/**
 * Events of each aggregate in turn. The first of an aggregate carries its expectation; the others need none, for they are
 * stored with it or not at all. Their positions follow each other: a batch is committed as one.
 */
export function encodeAppend(requests: readonly AppendRequest[]): EncodedAppend {
  const total = requests.reduce((sum, { events }) => sum + events.length, 0);
  const batchId = total > 1 ? newBatchId() : undefined;
  const messages: EncodedAppend['messages'][number][] = [];
  for (const { ref, expected, events } of requests) {
    let previousDigest = expected.digest;
    events.forEach((event: EventEnvelope, ordinal) => {
      const sequence = messages.length + 1;
      const earlier = earlierOf(earlierAfter(expected), ordinal);
      const encoded = encodeEvent(event, {
        expected: ordinal === 0 ? expectationOf(ref, expected.position) : undefined,
        previousDigest,
        earlier,
        batch: batchId === undefined ? undefined : { id: batchId, sequence, commit: sequence === total },
      });
      messages.push({ ...encoded, earlier, previousDigest });
      previousDigest = encoded.digest;
    });
  }
  return { messages, counts: requests.map(({ events }) => events.length) };
}

/** `ordinal` events of the same batch come right before; with them the list keeps to its limit. */
function earlierOf(positions: readonly number[], ordinal: number): Earlier {
  const near = Math.min(ordinal, EARLIER_LIMIT);
  const distances = Array.from({ length: near }, (_, index) => near - index);
  return { positions: positions.slice(Math.max(positions.length + near - EARLIER_LIMIT, 0)), distances };
}

/** What was stored, given the position of its last message. */
export function recordedOf({ messages, counts }: EncodedAppend, lastPosition: number): AppendResult[] {
  const recorded = messages.map(({ event, digest, previousDigest, earlier, traceparent }, index): Recorded => {
    const position = lastPosition - messages.length + 1 + index;
    const trace = traceparent === undefined ? {} : { traceparent };
    return { position, event, digest, previousDigest, earlier: earlierPositions(earlier, position), ...trace };
  });
  let from = 0;
  return counts.map((count) => {
    const own = recorded.slice(from, (from += count));
    return { recorded: own, position: own.at(-1)!.position, duplicate: false };
  });
}

const earlierPositions = (earlier: Earlier, position: number): readonly number[] =>
  earlier.distances.length === 0 ? earlier.positions : decodeEarlier(encodeEarlier(earlier), position);
