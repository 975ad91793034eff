import { nuid } from '@nats-io/nuid';
import { isSlipwayError, SlipwayError, STREAMS } from '@slipway/contracts';
import { wasNotSent, isPermissionViolation, type Link, unavailable } from './link';
import { bodyText, writtenHeaders } from './raw-message';

/** What is published: an event, or the readiness probe's message. */
export interface Outgoing {
  readonly subject: string;
  readonly headers: string;
  readonly body: string;
}

/**
 * What came of a publish.
 * - `stored`: at `position` (of the last, for a batch).
 * - `duplicate`: a message with this id is stored at `position`.
 * - `conflict`: the aggregate is not where it was expected, or the batch repeats messages.
 * - `refused`: known not to be stored.
 * - `unknown`: it may be stored, now or in a moment.
 */
export type Published =
  | { readonly kind: 'stored'; readonly position: number }
  | { readonly kind: 'duplicate'; readonly position: number }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'refused' | 'unknown'; readonly cause: unknown };

interface PublishAnswer {
  readonly error?: { readonly code: number; readonly err_code: number; readonly description: string };
  readonly stream?: string;
  readonly seq?: number;
  readonly duplicate?: boolean;
  readonly count?: number;
}

/** NATS error codes: wrong last sequence (two spellings), and a batch that repeats message ids. */
const CONFLICTS = new Set([10071, 10164, 10201]);
/** Insufficient resources, and a storage failure such as a full disk. */
const OUT_OF_RESOURCES = new Set([10023, 10077]);

export const newBatchId = (): string => nuid.next();

/** One message, or several with the batch headers of `headerBlock`: the server stores all or none. The client's retries are off. */
export async function publish(
  link: Link,
  messages: readonly Outgoing[],
  timeoutMs: number,
  stream: string = STREAMS.events,
): Promise<Published> {
  const last = messages.at(-1)!;
  requireSize(link, messages);
  try {
    for (const { subject, headers, body } of messages.slice(0, -1)) {
      if (!link.connected) return { kind: 'refused', cause: unavailable() };
      link.publish(subject, body, { headers: writtenHeaders(headers) });
    }
    const answer = await link.request(last.subject, last.body, { timeout: timeoutMs, headers: writtenHeaders(last.headers) });
    return judge(JSON.parse(bodyText(answer)) as PublishAnswer, messages.length, stream);
  } catch (cause) {
    if (isPermissionViolation(cause)) throw notPermitted(last.subject, cause);
    if (isSlipwayError(cause) && cause.code !== 'dependency_unavailable') throw cause;
    return { kind: isSlipwayError(cause) || wasNotSent(cause) ? 'refused' : 'unknown', cause };
  }
}

function judge(answer: PublishAnswer, count: number, stream: string): Published {
  if (answer.error) {
    if (CONFLICTS.has(answer.error.err_code)) return { kind: 'conflict' };
    return { kind: OUT_OF_RESOURCES.has(answer.error.err_code) ? 'refused' : 'unknown', cause: answer.error };
  }
  if (answer.stream !== stream || !answer.seq) return { kind: 'unknown', cause: answer };
  if (count > 1 && answer.count !== count)
    throw new SlipwayError('internal', 'The NATS server stored a batch that was not atomic', { answer });
  return { kind: answer.duplicate ? 'duplicate' : 'stored', position: answer.seq };
}

const notPermitted = (subject: string, cause: unknown): SlipwayError =>
  new SlipwayError('internal', `The NATS user of this service may not publish ${subject}`, {}, { cause });

function requireSize(link: Link, messages: readonly Outgoing[]): void {
  const limit = link.connection.info?.max_payload ?? 1_048_576;
  const tooLarge = messages.find(({ headers, body }) => Buffer.byteLength(body) + Buffer.byteLength(headers) > limit);
  if (!tooLarge) return;
  throw new SlipwayError('request_too_large', `The event would be larger than ${limit} bytes; make the request smaller.`, {
    subject: tooLarge.subject,
    limit,
  });
}
