import type { AggregateRef, EventEnvelope } from '@slipway/contracts';

/** An event as the log holds it. */
export interface Recorded<E extends EventEnvelope = EventEnvelope> {
  /** Stream sequence: the order of all facts, gap-free, from 1. */
  readonly position: number;
  readonly event: E;
  /** `sha256:<hex>` over subject, headers and body of this message. */
  readonly digest: string;
  /** Digest of the aggregate's previous event; `null` for its first. */
  readonly previousDigest: string | null;
  /** Positions of the aggregate's earlier events, oldest first, the latest 256 at most. */
  readonly earlier: readonly number[];
  /** W3C trace context of the command that made it, where telemetry ran; a reaction continues it. */
  readonly traceparent?: string;
}

/** An aggregate's head: what an append expects and links to. Version and position 0: no event yet. */
export interface AggregateHead {
  readonly version: number;
  readonly position: number;
  readonly digest: string | null;
  readonly earlier: readonly number[];
}
export const EMPTY_HEAD: AggregateHead = { version: 0, position: 0, digest: null, earlier: [] };

/** The head that an aggregate's last event makes. */
export const headOf = ({ event, position, digest, earlier }: Recorded): AggregateHead => ({
  version: event.aggregate_version,
  position,
  digest,
  earlier,
});

/** How many earlier positions an event carries (ARCHITECTURE.md, section 3). */
export const EARLIER_LIMIT = 256;

/** What the event that follows this head carries as `earlier`. */
export const earlierAfter = (head: AggregateHead): readonly number[] =>
  head.position === 0 ? [] : [...head.earlier, head.position].slice(-EARLIER_LIMIT);

export interface AppendRequest {
  readonly ref: AggregateRef;
  readonly expected: AggregateHead;
  /** Complete envelopes; `aggregate_version` continues `expected.version`; all carry the same `command_id`. */
  readonly events: readonly EventEnvelope[];
}
export interface AppendResult {
  readonly recorded: readonly Recorded[];
  /** Position of the last event appended. */
  readonly position: number;
  /** The same command had appended before (its first try won); `recorded` is what it appended then. */
  readonly duplicate: boolean;
}

export interface SubscribeOptions {
  /** Start behind this position; 0: from the first event. */
  readonly after: number;
  /** NATS subject filters, any of which may match; all events when empty. */
  readonly subjects: readonly string[];
  /** Largest batch handed over at once; default 500. */
  readonly maxBatch?: number;
  readonly signal?: AbortSignal;
  /**
   * What of the log is behind it. With this, a store may call it rather than yield an empty batch when the log moves on by events
   * that no filter matches, and does so only while the consumer waits for the next batch.
   */
  readonly passed?: (position: number) => void;
}
/** Events in order, in batches as large as are at hand. `caughtUp` tells that nothing further was waiting when the batch was read. */
export interface EventBatch {
  readonly events: readonly Recorded[];
  /** Last position the subscription has accounted for; ahead of the last event's where a filter skipped others. */
  readonly position: number;
  readonly caughtUp: boolean;
}

/**
 * The log. Implementations pass `eventStoreConformance` (this library): the in-memory one for deciders and command
 * specs, and JetStream's (libs/event-store-jetstream).
 */
export interface EventStore {
  /** The aggregate's last event and head, from the stream leader; `undefined` if it has none. */
  head(ref: AggregateRef): Promise<Recorded | undefined>;
  /** The aggregate's events with position > `after`, in order, up to its head at the time of the call. */
  read(ref: AggregateRef, after?: number): Promise<readonly Recorded[]>;
  /**
   * Appends all events or none.
   * @throws StaleVersion when the aggregate moved on since `expected`; the caller decides again on fresh state.
   * @throws SlipwayError `dependency_unavailable` (known: nothing was appended) or `outcome_unknown` (retry with the same command id tells).
   */
  append(request: AppendRequest): Promise<AppendResult>;
  /** Appends to several aggregates, all or nothing. Slow (about 250/s on file storage): for the rare command that cannot do with one event. */
  appendAtomically(requests: readonly AppendRequest[]): Promise<AppendResult[]>;
  /** Position of the last event of the log. */
  position(): Promise<number>;
  /** The event at a position; `undefined` where the log holds none. */
  at(position: number): Promise<Recorded | undefined>;
  subscribe(options: SubscribeOptions): AsyncIterable<EventBatch>;
  /**
   * A subscription hears of its own events by itself, and of the log having moved on by others' only once this is called: then all of this
   * store account for the log up to the position, as soon as they have been given their own events before it.
   */
  confirm(position: number): Promise<void>;
}

/** Another command got there first. Never leaves the command runner, which decides again a bounded number of times. */
export class StaleVersion extends Error {
  constructor(
    readonly ref: AggregateRef,
    readonly expected: number,
    options?: { cause?: unknown },
  ) {
    super(`${ref.type} ${ref.id} moved on since position ${expected}`, options);
    this.name = 'StaleVersion';
  }
}
