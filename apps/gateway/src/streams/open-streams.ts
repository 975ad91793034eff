import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { SlipwayError } from '@slipway/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessWatch } from '../access/access-watch';
import { HttpMetrics } from '../http/http-metrics';
import { SseConnection } from './sse-connection';

const MAX_STREAMS = 2_000;
const MAX_STREAMS_OF_ACTOR = 200;

/** All open streams: counted, closed when their caller's access ends, and when the gateway drains, so that clients resume elsewhere. */
@Injectable()
export class OpenStreams implements BeforeApplicationShutdown {
  private readonly connections = new Set<SseConnection>();
  private readonly byActor = new Map<string, number>();
  constructor(
    private readonly metrics: HttpMetrics,
    private readonly watch: AccessWatch,
  ) {}

  /** Over already where the client has left meanwhile. @throws SlipwayError `too_many_requests` when the gateway or the caller has as many as it may. */
  open(request: FastifyRequest, reply: FastifyReply): SseConnection {
    const { actorId } = request.access!.principal;
    const own = this.byActor.get(actorId) ?? 0;
    if (this.connections.size >= MAX_STREAMS || own >= MAX_STREAMS_OF_ACTOR) {
      throw new SlipwayError('too_many_requests', 'Too many event streams are open; close some, or wait a moment.');
    }
    const connection = new SseConnection(request, reply);
    request.leave?.();
    const stopWatching = this.watch.watch(request.access!, (why) => connection.end(why === 'ended' ? 'token_expired' : 'resume'));
    this.connections.add(connection);
    this.byActor.set(actorId, own + 1);
    this.metrics.streams.set(this.connections.size);
    const forget = (): void => {
      this.connections.delete(connection);
      stopWatching();
      const left = (this.byActor.get(actorId) ?? 1) - 1;
      if (left > 0) this.byActor.set(actorId, left);
      else this.byActor.delete(actorId);
      this.metrics.streams.set(this.connections.size);
    };
    if (connection.closed.aborted) forget();
    else connection.closed.addEventListener('abort', forget, { once: true });
    return connection;
  }

  beforeApplicationShutdown(): void {
    for (const connection of this.connections) connection.end('closing');
  }
}
