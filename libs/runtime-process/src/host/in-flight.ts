import { Agent } from 'node:http';
import type { Duplex } from 'node:stream';

/** Requests and upgraded connections that a replica is working on, and the connections kept to it. */
export class InFlight {
  readonly agent = new Agent({ keepAlive: true, maxFreeSockets: 64, timeout: 4000 });
  private requests = 0;
  private readonly upgraded = new Set<Duplex>();
  private idle: (() => void) | undefined;

  get count(): number {
    return this.requests + this.upgraded.size;
  }

  /** Call the result exactly once per request, at its end. */
  begin(): () => void {
    this.requests++;
    return () => {
      if (--this.requests === 0) this.idle?.();
    };
  }

  hold(socket: Duplex): void {
    this.upgraded.add(socket);
    socket.once('close', () => this.upgraded.delete(socket));
  }

  /** When no request is open any more, at most after `limitMs`. Upgraded connections are the replica's own to close at SIGTERM. */
  drained(limitMs: number): Promise<void> {
    if (this.requests === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, limitMs);
      this.idle = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Before the replica is told to stop: connections without a request must not keep it up. */
  release(): void {
    this.agent.destroy();
  }

  /** The replica is gone: lets go of the connections kept to it. */
  abandon(): void {
    this.agent.destroy();
    for (const socket of this.upgraded) socket.destroy();
  }
}
