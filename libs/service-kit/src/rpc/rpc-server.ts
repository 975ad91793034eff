import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import type { INestApplicationContext } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Server } from '@nestjs/microservices';
import { RPC_HEADERS, rpcSubject, SlipwayError, type RpcReply } from '@slipway/contracts';
import { Link } from '@slipway/event-store-jetstream';
import type { Logger } from '../logging/logger';
import type { Metrics } from '../telemetry/metrics';
import { rpcHandlersOf, type RpcHandler } from './decorators';
import { replyBytes } from './reply';
import { RpcEndpoint } from './rpc-endpoint';
import { readHeaders } from './rpc-headers';

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
 * The verbs of a Nest application's controllers on the process's own connection: one queue group per service, so that any
 * number of replicas share the work; requests whose caller has given up are not started; `close` stops the intake and
 * waits for what runs. On the wire: JSON of the request, JSON of `RpcReply`.
 */
export class RpcServer extends Server {
  private readonly taken: Subscription[] = [];
  private readonly waiting: (() => void)[] = [];
  private app: INestApplicationContext | undefined;
  private running = 0;
  private idle: (() => void) | undefined;

  constructor(private readonly server: RpcServerOptions) {
    super();
  }

  /** Whose controllers are served from `listen` on. */
  of(app: INestApplicationContext): void {
    this.app = app;
  }

  override listen(done: (error?: unknown) => void): void {
    if (!this.app) throw new TypeError('the server is of no application');
    const endpoint = this.app.get(RpcEndpoint, { strict: false });
    const controllers = this.app.get(DiscoveryService, { strict: false }).getControllers();
    for (const { instance } of controllers) {
      for (const handler of rpcHandlersOf(instance as object)) this.serve(handler, endpoint);
    }
    // Whoever calls once this is done is heard: the server knows of the subscriptions. One that is away now is told when it is back.
    void this.server.connection
      .flush()
      .catch(() => undefined)
      .then(() => done());
  }

  override on(): void {}

  override unwrap<T>(): T {
    return this.server.connection as T;
  }

  private serve(handler: RpcHandler, endpoint: RpcEndpoint): void {
    const { connection, service, logger } = this.server;
    const subject = rpcSubject(handler.service, handler.verb);
    const callback = (error: Error | null, message: Msg): void => {
      if (error) logger.error({ error, subject }, 'rpc subscription failed');
      else void this.take(handler, endpoint, message);
    };
    this.taken.push(connection.subscribe(subject, { queue: service, callback }));
  }

  private async take(handler: RpcHandler, endpoint: RpcEndpoint, message: Msg): Promise<void> {
    if (this.isFull) await this.turn();
    else this.running++;
    this.count();
    try {
      this.reply(message, await this.answer(handler, endpoint, message));
    } catch (error) {
      this.server.logger.error({ error, subject: message.subject }, 'rpc request broken');
      this.answerWith(message, JSON.stringify({ ok: false, error: new SlipwayError('internal', '').toWire() } satisfies RpcReply<never>));
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

  private async answer(handler: RpcHandler, endpoint: RpcEndpoint, message: Msg): Promise<RpcReply<unknown>> {
    const headers = readHeaders(message);
    const deadline = Number(headers.get(RPC_HEADERS.deadline) || Infinity);
    if (Date.now() > deadline) return unavailable('The request waited past its deadline and was not started; send it again.');
    return endpoint.answer(handler, headers, message.data.length === 0 ? {} : message.json());
  }

  private reply(message: Msg, reply: RpcReply<unknown>): void {
    const bytes = replyBytes(reply);
    const limit = this.server.connection.info?.max_payload ?? 1_048_576;
    if (bytes.length <= limit) return this.answerWith(message, bytes);
    this.server.logger.error({ subject: message.subject, bytes: bytes.length, limit }, 'rpc reply too large');
    const error = { code: 'dependency_failed' as const, message: 'The answer is too large; ask for fewer items.', details: {} };
    this.answerWith(message, JSON.stringify({ ok: false, error } satisfies RpcReply<never>));
  }

  private answerWith({ reply }: Msg, body: string | Uint8Array): void {
    if (reply) Link.of(this.server.connection).publish(reply, body);
  }

  private get isFull(): boolean {
    return this.running >= (this.server.maxConcurrent ?? 128);
  }

  private turn(): Promise<void> {
    return new Promise<void>((resolve) => {
      this.waiting.push(resolve);
      this.count();
    });
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running--;
    this.count();
    if (this.pending === 0) this.idle?.();
  }

  private count(): void {
    this.server.metrics.queueDepth.set(this.waiting.length);
    this.server.metrics.inFlight.set(this.running);
  }
}
