import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ServerResponse } from 'node:http';
import { frame } from './tail-event';

/** Bytes that may wait for a client that reads slower than events come. */
const MAX_WAITING_BYTES = 1024 * 1024;
const HEARTBEAT_MS = 15_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const HEARTBEAT = Buffer.from(': heartbeat\n\n');

/**
 * One open event stream. Ends itself, telling the client to resume, when the client is too slow, its token expires or the gateway
 * drains; events about the stream are `resume`, `token_expired` and `closing`.
 */
export class SseConnection {
  /** Aborts when the stream is over, for whatever reason. */
  readonly closed: AbortSignal;
  private readonly over = new AbortController();
  private readonly raw: ServerResponse;
  private readonly timers: NodeJS.Timeout[];

  constructor(request: FastifyRequest, reply: FastifyReply) {
    this.closed = this.over.signal;
    reply.hijack();
    this.raw = reply.raw;
    this.raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      connection: 'keep-alive',
    });
    this.raw.socket?.setNoDelay(true);
    this.raw.write('retry: 1000\n\n');
    const livesMs = request.access!.expiresS * 1000 - Date.now();
    this.timers = [
      setInterval(() => this.raw.write(HEARTBEAT), HEARTBEAT_MS),
      setTimeout(() => this.end('token_expired'), Math.min(Math.max(livesMs, 0), LONGEST_TIMER_MS)),
    ];
    this.raw.once('close', () => this.finish());
    this.raw.on('error', () => this.finish());
    // A client that left before has been told of: its 'close' does not come again, and what is written goes nowhere without an error.
    if (this.raw.destroyed) this.finish();
  }

  /** Sends to a client that keeps up; ends the stream of one that does not. @returns whether the stream goes on. */
  send(bytes: Buffer): boolean {
    if (this.closed.aborted) return false;
    if (this.raw.writableLength > MAX_WAITING_BYTES) {
      this.end('resume');
      return false;
    }
    this.raw.write(bytes);
    return true;
  }

  /** Sends and waits until the client has taken enough to send more: for history, which can wait. */
  async sendPatiently(bytes: Buffer): Promise<boolean> {
    if (this.closed.aborted) return false;
    if (!this.raw.write(bytes)) {
      await new Promise<void>((resolve) => {
        const done = (): void => {
          this.raw.off('drain', done);
          this.closed.removeEventListener('abort', done);
          resolve();
        };
        this.raw.once('drain', done);
        this.closed.addEventListener('abort', done, { once: true });
      });
    }
    return !this.closed.aborted;
  }

  /** Ends the stream with an event that says why. */
  end(why: 'resume' | 'token_expired' | 'closing'): void {
    if (this.closed.aborted) return;
    this.raw.end(frame(undefined, why, '{}'));
    this.finish();
  }

  private finish(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.over.abort();
  }
}
