import { errors, type Msg, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';
import type { Outbox } from './outbox';

export interface AskOptions {
  /** Milliseconds. */
  readonly timeout: number;
  readonly headers?: MsgHdrs;
}

interface Question {
  readonly subject: string;
  readonly timer: NodeJS.Timeout;
  readonly resolve: (answer: Msg) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Requests of one connection: one subscription for all answers, and for each one promise and one timer. The client's own
 * `request` makes six promises and an Error for each, which under load costs more than sending it.
 */
export class ReplyInbox {
  private readonly open = new Map<string, Question>();
  private asked = 0;

  /** `inbox`: a subject under which this user may subscribe and nobody else does. */
  constructor(
    private readonly connection: NatsConnection,
    private readonly inbox: string,
    private readonly outbox: Outbox,
  ) {
    connection.subscribe(`${inbox}.*`, {
      callback: (error, message) => (error ? this.failAll(error) : this.answered(message)),
    });
  }

  /** @throws as the client's `request` does: TimeoutError, NoRespondersError, ClosedConnectionError, DrainingConnectionError. */
  ask(subject: string, body: string | Uint8Array, { timeout, headers }: AskOptions): Promise<Msg> {
    return new Promise((resolve, reject) => {
      if (this.connection.isDraining()) return reject(new errors.DrainingConnectionError());
      const token = (++this.asked).toString(36);
      const timer = setTimeout(() => this.close(token)?.reject(new errors.TimeoutError()), timeout);
      this.open.set(token, { subject, timer, resolve, reject });
      const failed = (error: unknown): void => this.close(token)?.reject(error instanceof Error ? error : new Error(String(error)));
      this.outbox.put(subject, body, { reply: `${this.inbox}.${token}`, ...(headers ? { headers } : {}) }, failed);
    });
  }

  failAll(error: Error): void {
    for (const token of [...this.open.keys()]) this.close(token)?.reject(error);
  }

  /** The server says of a subject, not of a message, that it may not be published. */
  refused(subject: string, error: Error): void {
    for (const [token, question] of this.open) if (question.subject === subject) this.close(token)?.reject(error);
  }

  private answered(message: Msg): void {
    const question = this.close(message.subject.slice(this.inbox.length + 1));
    if (!question) return;
    if (message.data.length === 0 && message.headers?.code === 503) question.reject(new errors.NoRespondersError(question.subject));
    else question.resolve(message);
  }

  private close(token: string): Question | undefined {
    const question = this.open.get(token);
    if (!question) return undefined;
    this.open.delete(token);
    clearTimeout(question.timer);
    return question;
  }
}
