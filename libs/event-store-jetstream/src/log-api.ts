import { SlipwayError, STREAMS } from '@slipway/contracts';
import type { NatsConnection } from '@nats-io/transport-node';
import { isPermissionViolation, Link, unavailable } from './link';
import type { StoredEvent } from './message';
import { bodyText, headerText, statusOf } from './raw-message';

interface ApiError {
  readonly code: number;
  readonly err_code: number;
  readonly description: string;
}
interface MessageAnswer {
  readonly error?: ApiError;
  readonly message?: { readonly subject: string; readonly seq: number; readonly hdrs?: string; readonly data?: string };
}

/** A stored message whose base64 parts are not decoded yet: a cached load needs its position only. */
export interface HeadMessage {
  readonly position: number;
  decode(): StoredEvent;
}

const NO_MESSAGE_FOUND = 10037;
const fromBase64 = (text: string | undefined): string => (text === undefined ? '' : Buffer.from(text, 'base64').toString('utf8'));

/** Reads of the stream EVENTS, each one request. Errors: `dependency_unavailable`. */
export class LogApi {
  readonly link: Link;

  constructor(
    connection: NatsConnection,
    readonly timeoutMs = 5000,
  ) {
    this.link = Link.of(connection);
  }

  /** The last message on a subject (wildcards allowed), from the stream's leader. */
  async lastBySubject(subject: string): Promise<HeadMessage | undefined> {
    const answer = await this.ask<MessageAnswer>(`$JS.API.STREAM.MSG.GET.${STREAMS.events}`, JSON.stringify({ last_by_subj: subject }));
    return this.message(answer);
  }

  /** The message at a position, from the stream's leader. */
  async atFromLeader(position: number): Promise<StoredEvent | undefined> {
    const answer = await this.ask<MessageAnswer>(`$JS.API.STREAM.MSG.GET.${STREAMS.events}`, JSON.stringify({ seq: position }));
    return this.message(answer)?.decode();
  }

  /** The message at a position, from any replica; one that lags is made up for by the leader. */
  async at(position: number): Promise<StoredEvent | undefined> {
    const message = await this.request(`$JS.API.DIRECT.GET.${STREAMS.events}`, `{"seq":${position}}`);
    const headers = headerText(message);
    if (statusOf(headers) !== 0) return this.atFromLeader(position);
    const subject = headers.slice(headers.lastIndexOf('\r\nNats-Subject: ') + 16);
    return { subject: subject.slice(0, subject.indexOf('\r\n')), position, headers, body: bodyText(message) };
  }

  /** Position of the first message behind `after` that a filter matches (everything when there is none), from the stream's leader. */
  async nextBehind(after: number, filters: readonly string[]): Promise<number | undefined> {
    const subject = `$JS.API.STREAM.MSG.GET.${STREAMS.events}`;
    const answers = await Promise.all(
      (filters.length > 0 ? filters : ['>']).map((next_by_subj) =>
        this.ask<MessageAnswer>(subject, JSON.stringify({ seq: after + 1, next_by_subj })),
      ),
    );
    const found = answers.flatMap((answer) => this.message(answer)?.position ?? []);
    return found.length > 0 ? Math.min(...found) : undefined;
  }

  /** First and last position of the log; both 0 when it is empty. */
  async range(): Promise<{ readonly first: number; readonly last: number }> {
    const info = await this.ask<{ error?: ApiError; state?: { first_seq: number; last_seq: number } }>(
      `$JS.API.STREAM.INFO.${STREAMS.events}`,
      '',
    );
    if (!info.state) throw unavailable(info.error);
    return { first: info.state.first_seq, last: info.state.last_seq };
  }

  /** A request of the JetStream API, answered in JSON. */
  async ask<T>(subject: string, body: string): Promise<T> {
    return JSON.parse(bodyText(await this.request(subject, body))) as T;
  }

  private async request(subject: string, body: string) {
    try {
      return await this.link.request(subject, body, { timeout: this.timeoutMs });
    } catch (error) {
      if (isPermissionViolation(error))
        throw new SlipwayError('internal', `The NATS user of this service may not use ${subject}`, {}, { cause: error });
      throw unavailable(error);
    }
  }

  private message({ error, message }: MessageAnswer): HeadMessage | undefined {
    if (message) {
      const { subject, seq, hdrs, data } = message;
      return { position: seq, decode: () => ({ subject, position: seq, headers: fromBase64(hdrs), body: fromBase64(data) }) };
    }
    if (error?.err_code === NO_MESSAGE_FOUND) return undefined;
    throw unavailable(error);
  }
}
