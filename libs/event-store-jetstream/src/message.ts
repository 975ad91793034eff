import { hash } from 'node:crypto';
import { eventSubject, SlipwayError, type EventEnvelope } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import { decodeEarlier } from './earlier';
import { headerBlock, HEADERS, type Link } from './headers';

/** A message as published. */
export interface EncodedEvent {
  readonly subject: string;
  readonly headers: string;
  readonly body: string;
  readonly event: EventEnvelope;
  readonly digest: string;
  readonly traceparent: string | undefined;
}

/** A message as stored. `headers` is the stored block, from `NATS/1.0` on; a direct get appends lines of its own. */
export interface StoredEvent {
  readonly subject: string;
  readonly position: number;
  readonly headers: string;
  readonly body: string;
}

export function encodeEvent(event: EventEnvelope, link: Link): EncodedEvent {
  const ref = { projectId: event.project_id, type: event.resource_type, id: event.resource_id };
  const subject = eventSubject(ref, event.action);
  const block = headerBlock(event, link);
  const body = JSON.stringify(event);
  const digest = digestOfParts(subject, block, body);
  const headers = `${block}${digestLine(digest)}\r\n`;
  return { subject, headers, body, event, digest, traceparent: headerValue(headers, HEADERS.traceparent) };
}

const digestLine = (digest: string): string => `\r\n${HEADERS.digest}: ${digest}\r\n`;

const digestOfParts = (subject: string, block: string, body: string): string =>
  `sha256:${hash('sha256', `${subject}\n${block}\n${body}`, 'hex')}`;

const headerValue = (headers: string, name: string): string | undefined => {
  const start = headers.indexOf(`\r\n${name}: `);
  if (start < 0) return undefined;
  const from = start + name.length + 4;
  return headers.slice(from, headers.indexOf('\r\n', from));
};

/** @throws SlipwayError `internal` if the message is not an event that a slipway service stored. */
export function decodeEvent(stored: StoredEvent): Recorded {
  const { headers } = stored;
  const digest = headerValue(headers, HEADERS.digest);
  const previous = headerValue(headers, HEADERS.previous);
  const earlier = headerValue(headers, HEADERS.earlier);
  if (digest === undefined || previous === undefined || earlier === undefined) throw notAnEvent(stored, 'its headers are missing');
  const traceparent = headerValue(headers, HEADERS.traceparent);
  try {
    return {
      position: stored.position,
      event: parseEvent(stored.body),
      digest,
      previousDigest: previous === '-' ? null : previous,
      earlier: decodeEarlier(earlier, stored.position),
      ...(traceparent === undefined ? {} : { traceparent }),
    };
  } catch (cause) {
    throw notAnEvent(stored, 'it does not parse', cause);
  }
}

/** True if not a byte of the message differs from what was digested. For messages as stored: a direct get's additions count as changes. */
export function isIntact({ subject, headers, body }: StoredEvent, digest: string): boolean {
  const end = `${digestLine(digest)}\r\n`;
  return headers.endsWith(end) && digestOfParts(subject, headers.slice(0, -end.length), body) === digest;
}

/**
 * What decisions rest on: decoded, and the same bytes that were digested when it was appended.
 * @throws SlipwayError `internal`
 */
export function decodeChecked(stored: StoredEvent): Recorded {
  const recorded = decodeEvent(stored);
  const end = stored.headers.indexOf(digestLine(recorded.digest));
  if (digestOfParts(stored.subject, stored.headers.slice(0, end), stored.body) === recorded.digest) return recorded;
  throw notAnEvent(stored, 'its bytes changed since it was stored');
}

function parseEvent(body: string): EventEnvelope {
  const event: unknown = JSON.parse(body);
  if (typeof event === 'object' && event !== null && 'aggregate_version' in event) return event as EventEnvelope;
  throw new SyntaxError('the body is no event');
}

const notAnEvent = ({ position, subject }: StoredEvent, why: string, cause?: unknown): SlipwayError =>
  new SlipwayError(
    'internal',
    `The message at position ${position} of the event log is not an event: ${why}. Run 'slipway log verify'.`,
    { position, subject },
    { cause },
  );
