import { connect, type NatsConnection } from '@nats-io/transport-node';
import { SlipwayError, type ServiceName } from '@slipway/contracts';
import { inboxPrefix, Link } from '@slipway/event-store-jetstream';
import type { Logger } from '../logging/logger';

export interface NatsLinkOptions {
  /** `nats://host:port`, several separated by commas. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly service: ServiceName;
  readonly instance: string;
  readonly logger: Logger;
}

/**
 * The process's one connection to NATS. It reconnects for ever; what it adds to the client is knowing at once that the
 * server is away, so that nothing waits for a timeout to learn it.
 */
export class NatsLink {
  private up = true;

  private constructor(
    readonly connection: NatsConnection,
    private readonly logger: Logger,
  ) {
    void this.follow();
  }

  /** Waits for the first connection as long as it takes. */
  static async open(options: NatsLinkOptions): Promise<NatsLink> {
    const waiting = setInterval(() => options.logger.warn('nats not reachable yet, trying on'), 5_000);
    const connection = await connect({
      servers: options.url.split(','),
      user: options.user,
      pass: options.password,
      name: `${options.service}/${options.instance}`,
      inboxPrefix: inboxPrefix(options.service),
      waitOnFirstConnect: true,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 200,
      reconnectJitter: 100,
      ignoreAuthErrorAbort: true,
      pingInterval: 5_000,
      maxPingOut: 2,
      timeout: 2_000,
      // A stack trace for every request costs more than the request's own work.
      noAsyncTraces: true,
    }).finally(() => clearInterval(waiting));
    return new NatsLink(connection, options.logger);
  }

  get connected(): boolean {
    return this.up && !this.connection.isClosed();
  }

  /** @throws SlipwayError `dependency_unavailable` while the server is away. */
  assertConnected(): void {
    if (!this.connected)
      throw new SlipwayError('dependency_unavailable', 'The event log (NATS) cannot be reached at the moment; try again shortly.');
  }

  async close(): Promise<void> {
    if (this.connection.isClosed()) return;
    Link.of(this.connection).flush();
    if (this.connected) await this.connection.drain();
    else await this.connection.close();
  }

  private async follow(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type === 'disconnect') this.markLost();
      else if (status.type === 'reconnect') {
        this.up = true;
        this.logger.info({ server: status.server }, 'nats reconnected');
      } else if (status.type === 'error') this.logger.warn({ error: status.error }, 'nats error');
    }
    this.markLost();
  }

  private markLost(): void {
    if (!this.up) return;
    this.up = false;
    if (!this.connection.isClosed() && !this.connection.isDraining()) this.logger.warn('nats connection lost, reconnecting');
  }
}
