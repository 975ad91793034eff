import { headers as natsHeaders, type Msg, type NatsConnection, type Subscription } from '@nats-io/transport-node';
import { NatsContext, ServerNats } from '@nestjs/microservices';
import { RPC_HEADERS, SlipwayError, type RpcReply } from '@slipway/contracts';
import { lastValueFrom } from 'rxjs';
import type { Logger } from '../logging/logger';
import type { Metrics } from '../telemetry/metrics';

export interface RpcServerOptions {
  readonly service: string;
  readonly connection: NatsConnection;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Requests worked on at once; more wait in line. */
  readonly maxConcurrent?: number;
}

const unavailable = (message: string): RpcReply<never> => ({ ok: false, error: { code: 'dependency_unavailable', message, details: {} } });

/**
 * Nest's NATS transport on the process's own connection: one queue group per service, so that any number of replicas
 * share the work; requests whose caller has given up are not started; `close` stops the intake and waits for what runs.
 * On the wire: JSON of the request, JSON of `RpcReply`.
 */
export class RpcServer extends ServerNats {
  private readonly taken: Subscription[] = [];
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  private idle: (() => void) | undefined;

  constructor(private readonly server: RpcServerOptions) {
    super({ queue: server.service });
  }

  override async createNatsClient(): Promise<NatsConnection> {
    return this.server.connection;
  }

  /** NatsLink logs what happens to the connection. */
  override async handleStatusUpdates(): Promise<void> {}

  override bindEvents(connection: NatsConnection): void {
    for (const subject of this.messageHandlers.keys()) {
      this.taken.push(
        connection.subscribe(subject, {
          queue: this.server.service,
          callback: (error, message) => {
            if (error) this.server.logger.error({ error, subject }, 'rpc subscription failed');
            else void this.handleMessage(subject, message);
          },
        }),
      );
    }
  }

  override async handleMessage(subject: string, message: Msg): Promise<void> {
    await this.enter();
    try {
      this.reply(message, await this.answer(subject, message));
    } catch (error) {
      this.server.logger.error({ error, subject }, 'rpc request broken');
      message.respond(JSON.stringify({ ok: false, error: new SlipwayError('internal', '').toWire() } satisfies RpcReply<never>));
    } finally {
      this.leave();
    }
  }

  /** Requests in line or being worked on. */
  get pending(): number {
    return this.running + this.waiting.length;
  }

  /** Stops the intake; resolves when every request taken has been answered. */
  override async close(): Promise<void> {
    const { connection } = this.server;
    if (!connection.isClosed()) await Promise.all(this.taken.map((subscription) => subscription.drain().catch(() => undefined)));
    if (this.pending > 0) await new Promise<void>((resolve) => (this.idle = resolve));
  }

  private async answer(subject: string, message: Msg): Promise<RpcReply<unknown>> {
    const deadline = Number(message.headers?.get(RPC_HEADERS.deadline) || Infinity);
    if (Date.now() > deadline) return unavailable('The request waited past its deadline and was not started; send it again.');
    const handler = this.messageHandlers.get(subject);
    if (!handler) return unavailable('This replica does not serve the request.');
    const context = new NatsContext([message.subject, message.headers ?? natsHeaders()]);
    const body: unknown = message.data.length === 0 ? {} : message.json();
    return (await lastValueFrom(this.transformToObservable(await handler(body, context)))) as RpcReply<unknown>;
  }

  private reply(message: Msg, reply: RpcReply<unknown>): void {
    const bytes = Buffer.from(JSON.stringify(reply));
    const limit = this.server.connection.info?.max_payload ?? 1_048_576;
    if (bytes.length <= limit) {
      message.respond(bytes);
      return;
    }
    this.server.logger.error({ subject: message.subject, bytes: bytes.length, limit }, 'rpc reply too large');
    const error = { code: 'dependency_failed' as const, message: 'The answer is too large; ask for fewer items.', details: {} };
    message.respond(JSON.stringify({ ok: false, error } satisfies RpcReply<never>));
  }

  private async enter(): Promise<void> {
    if (this.running >= (this.server.maxConcurrent ?? 128)) {
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve);
        this.server.metrics.queueDepth.set(this.waiting.length);
      });
    } else this.running++;
    this.server.metrics.inFlight.set(this.running);
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running--;
    this.server.metrics.queueDepth.set(this.waiting.length);
    this.server.metrics.inFlight.set(this.running);
    if (this.pending === 0) this.idle?.();
  }
}
