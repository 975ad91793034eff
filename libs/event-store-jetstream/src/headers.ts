import { aggregateSubject, RESOURCE_OWNERS, STREAMS, type AggregateRef, type EventEnvelope } from '@slipway/contracts';
import { context, propagation } from '@opentelemetry/api';
import { encodeEarlier, type Earlier } from './earlier';

/**
 * Every header of an event, spelled here and nowhere else: NATS compares names exactly and stores a misspelt one
 * unchecked, so a typing error would switch off optimistic concurrency. `proveAppendChecks` shows at start that they bite.
 */
export const HEADERS = {
  messageId: 'Nats-Msg-Id',
  expectedStream: 'Nats-Expected-Stream',
  expectedSequence: 'Nats-Expected-Last-Subject-Sequence',
  expectedSubject: 'Nats-Expected-Last-Subject-Sequence-Subject',
  batchId: 'Nats-Batch-Id',
  batchSequence: 'Nats-Batch-Sequence',
  batchCommit: 'Nats-Batch-Commit',
  traceparent: 'traceparent',
  tracestate: 'tracestate',
  version: 'Slipway-Version',
  previous: 'Slipway-Previous',
  earlier: 'Slipway-Earlier',
  digest: 'Slipway-Digest',
  padding: 'Slipway-Padding',
} as const;

/** The check that the server makes under the stream's lock before it stores a message. */
export interface Expectation {
  /** `events.<p>.<type>.*.<id>`: all events of the aggregate. */
  readonly subject: string;
  /** Position of the aggregate's last event; 0: none yet. */
  readonly sequence: number;
}
export const expectationOf = (ref: AggregateRef, position: number): Expectation => ({ subject: aggregateSubject(ref), sequence: position });

export const expectationHeaders = (stream: string, expected: Expectation | undefined): string =>
  `\r\n${HEADERS.expectedStream}: ${stream}` +
  (expected ? `\r\n${HEADERS.expectedSequence}: ${expected.sequence}\r\n${HEADERS.expectedSubject}: ${expected.subject}` : '');

/** Place of an event in an atomic batch; sequences count from 1, and the last commits. */
export interface BatchPlace {
  readonly id: string;
  readonly sequence: number;
  readonly commit: boolean;
}

export interface Link {
  readonly expected: Expectation | undefined;
  readonly previousDigest: string | null;
  readonly earlier: Earlier;
  readonly batch: BatchPlace | undefined;
}

/** The header block up to, and without, the digest's line: what the digest covers besides subject and body. */
export function headerBlock(event: EventEnvelope, link: Link): string {
  return (
    `NATS/1.0\r\n${HEADERS.messageId}: ${event.event_id}` +
    padding(link) +
    expectationHeaders(STREAMS.events, link.expected) +
    cloudEvent(event) +
    traceContext() +
    `\r\n${HEADERS.version}: ${event.aggregate_version}` +
    `\r\n${HEADERS.previous}: ${link.previousDigest ?? '-'}` +
    `\r\n${HEADERS.earlier}: ${encodeEarlier(link.earlier)}` +
    batchPlace(link.batch)
  );
}

/**
 * nats-server (2.12 to 2.14) keeps the expected subjects of a batch in memory that it fills with the next message's headers: where they
 * begin at the same byte, one expectation in 128 is taken for an earlier one and not checked. So each begins at a byte of its own.
 */
const padding = ({ expected, batch }: Link): string =>
  expected && batch && batch.sequence > 1 ? `\r\n${HEADERS.padding}: ${'-'.repeat(batch.sequence)}` : '';

/** CloudEvents 1.0, NATS binding, binary mode. */
const cloudEvent = (event: EventEnvelope): string =>
  `\r\nce-specversion: 1.0\r\nce-id: ${event.event_id}\r\nce-source: /slipway/${RESOURCE_OWNERS[event.resource_type]}` +
  `\r\nce-type: ${event.action}\r\nce-subject: ${event.resource_id}\r\nce-time: ${event.occurred_at}\r\nce-datacontenttype: application/json`;

const TRACE_HEADERS = [HEADERS.traceparent, HEADERS.tracestate] as const;

/** The active OpenTelemetry context in W3C form; nothing where no telemetry runs. */
function traceContext(): string {
  const carrier: Partial<Record<string, string>> = {};
  propagation.inject(context.active(), carrier);
  return TRACE_HEADERS.map((name) => carrier[name])
    .map((value, index) => (value && !/[\r\n]/.test(value) ? `\r\n${TRACE_HEADERS[index]}: ${value}` : ''))
    .join('');
}

const batchPlace = (batch: BatchPlace | undefined): string =>
  batch
    ? `\r\n${HEADERS.batchId}: ${batch.id}\r\n${HEADERS.batchSequence}: ${batch.sequence}` +
      (batch.commit ? `\r\n${HEADERS.batchCommit}: 1` : '')
    : '';
