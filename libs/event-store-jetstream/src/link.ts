import { SlipwayError } from '@slipway/contracts';
import { createInbox, errors, type Msg, type NatsConnection, type PublishOptions } from '@nats-io/transport-node';
import { Outbox } from './outbox';
import { ReplyInbox, type AskOptions } from './reply-inbox';

/** The connection went away while an answer was due. */
export class ConnectionLost extends Error {
  constructor() {
    super('the connection to the event log was lost');
    this.name = 'ConnectionLost';
  }
}

/**
 * Knows whether a connection is up. The client alone would let a request of a lost connection wait for its timeout, and
 * would send what was published while it was down later, at a time of its own: nothing is published into a dead connection.
 */
export class Link {
  private static readonly links = new WeakMap<NatsConnection, Link>();
  private readonly lost = new Set<(error: Error) => void>();
  private readonly restored = new Set<() => void>();
  private up = true;
  private replies: ReplyInbox | undefined;
  private readonly outbox: Outbox;

  static of(connection: NatsConnection): Link {
    const known = Link.links.get(connection) ?? new Link(connection);
    Link.links.set(connection, known);
    return known;
  }

  private constructor(readonly connection: NatsConnection) {
    this.outbox = new Outbox(connection);
    void this.watch();
  }

  get connected(): boolean {
    return this.up && !this.connection.isClosed();
  }

  /** Connected, and not about to close. */
  get usable(): boolean {
    return this.connected && !this.closed;
  }

  /** A new subject under the inbox prefix that this user may subscribe to. */
  newInbox(): string {
    // The client's public type leaves its options out.
    const { options } = this.connection as unknown as { readonly options?: { readonly inboxPrefix?: string } };
    return createInbox(options?.inboxPrefix);
  }

  get closed(): boolean {
    return this.connection.isClosed() || this.connection.isDraining();
  }

  /**
   * @throws ConnectionLost as soon as the connection goes; SlipwayError `dependency_unavailable` if it is down already (nothing was
   * sent); otherwise as the client's `request` does.
   */
  request(subject: string, body: string | Uint8Array, options: AskOptions): Promise<Msg> {
    if (!this.connected) return Promise.reject(unavailable());
    this.replies ??= new ReplyInbox(this.connection, this.newInbox(), this.outbox);
    return this.replies.ask(subject, body, options);
  }

  /** Sent with whatever else this turn of the event loop sends; not at all if the connection is or goes down before. */
  publish(subject: string, body: string | Uint8Array = '', options?: PublishOptions): void {
    if (this.connected) this.outbox.put(subject, body, options);
  }

  /** Sends what waits for the end of the turn: before the connection is drained. */
  flush(): void {
    this.outbox.flush();
  }

  /** Calls back once when the connection is lost; returns how to stop. */
  onLost(callback: (error: Error) => void): () => void {
    this.lost.add(callback);
    return () => this.lost.delete(callback);
  }

  /** Resolves when connected, closed, or after `ms`. */
  whenUp(ms: number): Promise<void> {
    if (this.connected || this.closed) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.restored.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.restored.add(done);
    });
  }

  private async watch(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type === 'disconnect') this.down();
      if (status.type === 'error') this.refused(status.error);
      if (status.type === 'reconnect') {
        this.up = true;
        this.restored.forEach((callback) => callback());
      }
    }
    this.down();
    this.restored.forEach((callback) => callback());
  }

  private refused(error: Error): void {
    if (error instanceof errors.PermissionViolationError && error.operation === 'publish') this.replies?.refused(error.subject, error);
  }

  private down(): void {
    this.up = false;
    this.outbox.drop();
    this.replies?.failAll(new ConnectionLost());
    const callbacks = [...this.lost];
    this.lost.clear();
    callbacks.forEach((callback) => callback(new ConnectionLost()));
  }
}

export const unavailable = (cause?: unknown): SlipwayError =>
  new SlipwayError(
    'dependency_unavailable',
    'The event log cannot be reached right now; nothing was changed. Try again shortly.',
    {},
    { cause },
  );

/** The message went to nobody: known not to be stored. */
export const wasNotSent = (error: unknown): boolean =>
  error instanceof errors.ClosedConnectionError ||
  error instanceof errors.DrainingConnectionError ||
  error instanceof errors.NoRespondersError;

export const isPermissionViolation = (error: unknown): boolean => error instanceof errors.PermissionViolationError;
